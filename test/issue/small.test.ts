import { expect, test } from 'vitest'
import { parseIssue } from '../../src/issue/index.ts'
import { OPTIONS } from './blocks.ts'
import { FRONT, listBodyProblems, listProblems, readSound, spellIntro } from './read.ts'

async function readMessages(source: string, file = 'issues/test.md'): Promise<string[]> {
  const { diagnostics } = await parseIssue(source, file, OPTIONS)
  return diagnostics.map(({ message, hint }) => `${message} ${hint ?? ''}`)
}

test('tells of a footnote that nothing refers to', async () => {
  const body = 'A[^a].\n\n[^a]: Used, and [^c].\n[^b]: Not used, nor\n    its end [^d].\n[^c]: Used.\n[^d]: By b alone.'
  expect(await listBodyProblems(body)).toEqual(['issue/unused-footnote 8:1 [^b]:', 'issue/unused-footnote 11:1 [^d]:'])
})

test('tells of a footnote in YAML, and of none when the issue has errors', async () => {
  const front = 'title: T\nweek: 2024-W11\n'
  expect(await listProblems(`${front}intro: |\n  A.\n\n  [^b]: Not used.\n`, 'issues/test.yaml')).toEqual([
    'issue/unused-footnote 6:3 [^b]:',
  ])
  expect(await listBodyProblems(':::promo\n[^b]\n:::\n\n::nothing\n\n[^b]: Used.')).not.toContain(
    expect.stringContaining('issue/unused-footnote'),
  )
})

test('tells of cells that have no column', async () => {
  expect(await listBodyProblems('| a | b |\n|-|-|\n| 1 | 2 | 3 | 4 |\n| 5 |')).toEqual(['issue/surplus-cell 7:9 | 3'])
})

test.each([
  ['subtitle: the #1 thing', ['issue/yaml-comment 4:15 #1 thing']],
  ['tags: [a #b\n]', ['issue/yaml-comment 4:10 #b']],
  ['subtitle: the thing # a note of my own', []],
  ['subtitle: the thing #', []],
  ['subtitle: "the #1 thing"', []],
  ['subtitle: C#1', []],
  ['# subtitle: none', []],
  ['draft: true #yes', []],
])('tells of a comment that may be text: %s', async (line, expected) => {
  expect(await listProblems(`---\ntitle: T\nweek: 2024-W11\n${line}\n---\nText.`)).toEqual(expected)
})

test.each([
  ['C:\\Users\\me\\notes', 'C:\\Users\\me\\notes'],
  ['in C:\\Program Files\\Foo\\bar.', 'in C:\\Program Files\\Foo\\bar.'],
  ['c:\\temp\\alpha and \\\\server\\share\\pi', 'c:\\temp\\alpha and \\server\\share\\pi'],
])('leaves a Windows path alone: %s', async (body, shown) => {
  expect(await listBodyProblems(body)).toEqual([])
  expect(await spellIntro(body)).toBe(shown)
})

test('still reads LaTeX beside a colon', async () => {
  expect(await spellIntro('for x:\\alpha and where:\\beta')).toBe('for x:α and where:β')
  expect(await listBodyProblems('where:\\foo')).toEqual(['issue/unknown-latex 5:7 \\foo'])
})

test.each([
  ['a reference', `${FRONT}a&#x202e;b`, 'issues/test.md', 'issue/control-character 5:1 a&#x202e;b'],
  [
    'a reference in an attribute',
    `${FRONT}:::note{title="a&#x202e;b"}\nx\n:::`,
    'issues/test.md',
    'issue/control-character 5:15 a&#x202e;b',
  ],
  [
    'an escape in JSON',
    '{"title":"a\\u202eb","week":"2024-W11","intro":"x"}',
    'issues/test.json',
    'issue/control-character 1:10 "a\\u202eb"',
  ],
  [
    'an escape in YAML',
    'title: "a\\u202eb"\nweek: 2024-W11\nintro: x\n',
    'issues/test.yaml',
    'issue/control-character 1:8 "a\\u202eb"',
  ],
])('tells of an invisible character written as %s', async (_name, source, file, expected) => {
  const problems = await listProblems(source, file)
  expect(problems).toHaveLength(1)
  expect(problems[0]?.split(' ').slice(0, 2)[0]).toBe(expected.split(' ')[0])
  expect(problems[0]?.split(' ')[1]?.split(':')[0]).toBe(expected.split(' ')[1]?.split(':')[0])
})

test('asks for a capital W', async () => {
  expect((await readMessages('---\ntitle: T\nweek: 2024-w11\n---\nText.'))[0]).toContain('capital W')
})

test.each([
  ['::toc{depth=3}', '"depth" of the block "toc" cannot be used: it must be 1 or 2.'],
  [':::note{tone=loud}\nx\n:::', 'it must be info or warning.'],
  [':::mentoring{title=""}\nx\n:::', 'it is empty.'],
])('says in its own words what is wrong with %s', async (body, expected) => {
  const [message] = await readMessages(FRONT + body)
  expect(message).toContain(expected.slice(expected.indexOf('it ')))
  expect(message).not.toMatch(/expected|Invalid|invalid|<=|>=/)
})

test('warns of an issue without any text', async () => {
  expect(await listProblems(FRONT)).toEqual(['issue/no-text 2:8 Papers'])
  expect(await listProblems('title: T\nweek: 2024-W11\n', 'issues/test.yaml')).toHaveLength(1)
  expect(await listBodyProblems('Text.')).toEqual([])
  expect(await listBodyProblems('::toc')).toEqual([])
})

test.each([
  ['issues/test.json', '{"$schema":"../schemas/issue.schema.json","title":"T","week":"2024-W11","intro":"x"}'],
  ['issues/test.yaml', '$schema: ../schemas/issue.schema.json\ntitle: T\nweek: 2024-W11\nintro: x\n'],
  ['issues/test.md', '---\n$schema: ../schemas/front-matter.schema.json\ntitle: T\nweek: 2024-W11\n---\nx'],
])('takes the address of a schema in %s', async (file, source) => {
  expect(await listProblems(source, file)).toEqual([])
  expect((await readSound(source, file)).title).toBe('T')
})
