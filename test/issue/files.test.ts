import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { AppError } from '../../src/base/index.ts'
import {
  findIssues,
  type IssueOptions,
  loadIssue,
  loadIssues,
  resolveIssue,
  tellDuplicates,
} from '../../src/issue/index.ts'
import { OPTIONS, ROOT } from './blocks.ts'
import { FRONT, listBodyProblems, readIntro } from './read.ts'

const root = mkdtempSync(join(tmpdir(), 'letterpress-issue-'))
afterAll(() => rmSync(root, { recursive: true }))
mkdirSync(join(root, 'issues', 'folder.md'), { recursive: true })
const write = (name: string, content: string | Uint8Array): void => writeFileSync(join(root, 'issues', name), content)
const options: IssueOptions = { ...OPTIONS, root }

async function loadProblems(name: string): Promise<string[]> {
  const { diagnostics } = await loadIssue(`issues/${name}`, options)
  return diagnostics.map(({ code, range }) => (range ? `${code} ${range.start.line}:${range.start.column}` : code))
}

test.each([
  ['an empty file', 'empty.md', '', ['issue/empty']],
  ['a file of blanks', 'blank.yaml', ' \n\n', ['issue/empty']],
  ['a binary file', 'binary.md', new Uint8Array([45, 45, 45, 10, 120, 0, 1]), ['issue/binary 2:2']],
  ['Latin-1', 'latin.md', new Uint8Array([...Buffer.from('---\ntitle: x'), 0xe9, 0x0a]), ['issue/encoding 2:9']],
  ['a bell', 'bell.md', `${FRONT}a\u{7}b`, ['issue/control-character 5:2']],
  ['a hidden change of direction', 'bidi.md', `${FRONT}a\u{202E}b`, ['issue/control-character 5:2']],
])('points at %s', async (_name, file, content, expected) => {
  write(file, content)
  expect(await loadProblems(file)).toEqual(expected)
})

test('refuses a folder, a missing file, another kind of file and one outside the root', async () => {
  expect(await loadProblems('folder.md')).toEqual(['issue/directory'])
  expect(await loadProblems('missing.md')).toEqual(['issue/unreadable'])
  expect(await loadProblems('notes.txt')).toEqual(['issue/unknown-format'])
  expect(await loadProblems('../../x.md')).toEqual(['issue/unreadable'])
})

test.skipIf(process.platform === 'win32')('refuses a pipe at once, in a full check too', async () => {
  const other = mkdtempSync(join(root, 'pipe-'))
  mkdirSync(join(other, 'issues'))
  execFileSync('mkfifo', [join(other, 'issues', 'x.md')])
  const [result] = await loadIssues({ ...options, root: other })
  expect(result?.diagnostics).toMatchObject([
    { code: 'issue/directory', message: 'This is a pipe; an issue is one file.' },
  ])
})

test('refuses a link to a file or a device outside the root, and follows one inside', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'letterpress-outside-'))
  try {
    writeFileSync(join(outside, 'secret.md'), `${FRONT}Secret.`)
    symlinkSync(join(outside, 'secret.md'), join(root, 'issues', 'secret.md'))
    symlinkSync('/dev/zero', join(root, 'issues', 'zero.md'))
    write('inside.md', `${FRONT}A.`)
    symlinkSync('inside.md', join(root, 'issues', 'alias.md'))
    expect(await loadProblems('secret.md')).toEqual(['issue/outside-root'])
    expect(await loadProblems('zero.md')).toEqual(['issue/outside-root'])
    expect(await loadProblems('alias.md')).toEqual([])
  } finally {
    rmSync(outside, { recursive: true })
  }
})

test('finds and reads a file whatever the case of its ending', async () => {
  const other = mkdtempSync(join(root, 'case-'))
  mkdirSync(join(other, 'issues'))
  writeFileSync(join(other, 'issues', 'Foo.MD'), `${FRONT}A.`)
  expect(findIssues(other)).toEqual(['issues/Foo.MD'])
  expect(resolveIssue('Foo', { root: other })).toBe('issues/Foo.MD')
  expect((await loadIssue('issues/Foo.MD', { ...options, root: other })).issue?.title).toBe('Papers')
})

test.each([
  ['little-endian with a mark', Buffer.from(`\u{FEFF}${FRONT}A.`, 'utf16le')],
  ['little-endian', Buffer.from(`${FRONT}A.`, 'utf16le')],
  ['big-endian', Buffer.from(`${FRONT}A.`, 'utf16le').swap16()],
])('names UTF-16, %s', async (_name, content) => {
  write('utf16.md', content)
  expect(await loadProblems('utf16.md')).toEqual(['issue/wide-encoding 1:1'])
})

test('refuses five megabytes', async () => {
  write('large.md', FRONT + 'word '.repeat(1024 * 1024))
  expect(await loadProblems('large.md')).toEqual(['issue/too-large'])
})

test('reads a file with a byte order mark', async () => {
  write('bom.md', `\u{FEFF}${FRONT}Hello.`)
  const { issue, source } = await loadIssue('issues/bom.md', options)
  expect(issue?.title).toBe('Papers')
  expect(source.startsWith('---')).toBe(true)
})

test('finds issues in order and resolves paths and slugs', () => {
  const other = mkdtempSync(join(root, 'other-'))
  mkdirSync(join(other, 'issues', 'a'), { recursive: true })
  for (const name of ['b.yaml', 'a.md', 'c.json', 'd.yml', 'e.txt', '.f.md', '_g.md'])
    writeFileSync(join(other, 'issues', name), '')
  expect(findIssues(other)).toEqual(['issues/a.md', 'issues/b.yaml', 'issues/c.json', 'issues/d.yml'])
  expect(findIssues(join(other, 'nowhere'))).toEqual([])
  expect(
    ['a', 'a.md', 'issues/a.md', './issues/a.md', join(other, 'issues/a.md')].map((name) =>
      resolveIssue(name, { root: other }),
    ),
  ).toEqual(Array.from({ length: 5 }, () => 'issues/a.md'))
})

test('says which issue may have been meant', () => {
  write('2024-w11.md', `${FRONT}A.`)
  expect(() => resolveIssue('2024-w12', { root })).toThrow(AppError)
  expect(() => resolveIssue('2024-w12', { root })).toThrow('There is no issue "2024-w12". Did you mean "2024-w11"?')
})

test('compares one issue with the heads of all others', async () => {
  const other = mkdtempSync(join(root, 'one-'))
  mkdirSync(join(other, 'issues'))
  mkdirSync(join(other, 'drafts'))
  const of = async (file: string) =>
    tellDuplicates([await loadIssue(file, { ...options, root: other })], other)[0]?.diagnostics.map(
      ({ code, message }) => `${code} ${/\S+\/\S+\.\w+/.exec(message)?.[0]}`,
    )
  writeFileSync(join(other, 'issues', 'a.md'), `${FRONT}A.`)
  writeFileSync(join(other, 'issues', 'b.json'), JSON.stringify({ title: 'B', id: 'a', sections: 'broken' }))
  writeFileSync(join(other, 'issues', 'c.md'), `${FRONT.replace('---\n', '---\nid: other\n')}C.`)
  writeFileSync(join(other, 'issues', 'c.yaml'), 'title: C\nweek: 2024-W12\nintro: C.\n')
  writeFileSync(join(other, 'drafts', 'd.md'), `${FRONT}D.`)
  expect(await of('issues/a.md')).toEqual(['issue/duplicate-id issues/b.json'])
  expect(await of('issues/c.md')).toEqual(['issue/duplicate-slug issues/c.yaml'])
  expect(await of('issues/c.yaml')).toEqual(['issue/duplicate-slug issues/c.md'])
  expect(await of('drafts/d.md')).toEqual([])
})

test('resolves paths from the current folder and slugs from the root', () => {
  const other = mkdtempSync(join(root, 'here-'))
  for (const folder of ['issues', 'drafts']) mkdirSync(join(other, folder))
  for (const name of ['issues/a.md', 'issues/two.md', 'issues/two.yaml', 'drafts/b.md', 'drafts/a.md'])
    writeFileSync(join(other, name), '')
  const from = (cwd: string, name: string) => resolveIssue(name, { root: other, cwd: join(other, cwd) })
  expect(from('drafts', 'a')).toBe('issues/a.md')
  expect(from('drafts', 'a.md')).toBe('drafts/a.md')
  expect(from('drafts', '../issues/a.md')).toBe('issues/a.md')
  expect(from('.', 'drafts/b.md')).toBe('drafts/b.md')
  expect(from('issues', 'two.md')).toBe('issues/two.md')
  expect(() => from('.', 'two')).toThrow('"two" can be issues/two.md or issues/two.yaml.')
  for (const name of ['issues/a.md', 'missing.md', './missing.md', '../drafts/c.md'])
    expect(() => from('drafts', name), name).toThrow(`There is no issue "${name}"`)
})

test('tells both files of an id that occurs twice', async () => {
  const other = mkdtempSync(join(root, 'twice-'))
  mkdirSync(join(other, 'issues'))
  writeFileSync(join(other, 'issues', 'a.md'), `${FRONT}A.`)
  writeFileSync(join(other, 'issues', 'b.yaml'), 'title: B\nweek: 2024-W12\nid: a\nintro: B.\n')
  writeFileSync(join(other, 'issues', 'c.md'), `${FRONT}C.`)
  const results = tellDuplicates(await loadIssues({ ...options, root: other }), other)
  expect(results.map(({ issue }) => issue?.id)).toEqual([undefined, undefined, 'c'])
  expect(results.flatMap(({ diagnostics }) => diagnostics)).toMatchObject([
    { code: 'issue/duplicate-id', file: 'issues/a.md', range: { start: { line: 1, column: 1 } } },
    { code: 'issue/duplicate-id', file: 'issues/b.yaml', range: { start: { line: 3, column: 5 } } },
  ])
})

test('measures images and keeps their paths as written', async () => {
  expect(
    await readIntro('![Red](pictures/red.png "A title")\n\n![](pictures/dot.gif)\n\n![b](pictures/a%20b.png)\n'),
  ).toMatchObject([
    {
      type: 'image',
      src: 'pictures/red.png',
      path: join(ROOT, 'issues/pictures/red.png'),
      width: 3,
      height: 2,
      alt: 'Red',
      title: 'A title',
    },
    { type: 'image', src: 'pictures/dot.gif', width: 1, height: 1, alt: '' },
    { type: 'image', src: 'pictures/a%20b.png', path: join(ROOT, 'issues/pictures/a b.png') },
  ])
  expect(await readIntro('![x](../logo.png) ![y](https://example.com/y.png)')).toMatchObject([
    { children: [{ type: 'image', width: 4 }, { type: 'text' }, { type: 'image', src: 'https://example.com/y.png' }] },
  ])
})

test.each([
  ['an image that is not there', '![a](pictures/blue.png)', 'issue/missing-image 5:6 pictures/blue.png'],
  ['a folder as image', '![a](pictures)', 'issue/missing-image 5:6 pictures'],
  ['a file that is no image', '![a](pictures/broken.png)', 'issue/image-format 5:6 pictures/broken.png'],
  ['an image outside the root', '![a](../../../package.json)', 'issue/image-outside-root 5:6 ../../../package.json'],
  [
    'an encoded way out',
    '![a](..%2f..%2f..%2fpackage.json)',
    'issue/image-outside-root 5:6 ..%2f..%2f..%2fpackage.json',
  ],
  ['backslashes', '![a](..\\\\x.png)', 'issue/image-outside-root 5:6 ..\\\\x.png'],
  ['an absolute path', '![a](/etc/passwd)', 'issue/image-outside-root 5:6 /etc/passwd'],
  ['an image without TLS', '![a](http://example.com/a.png)', 'issue/forbidden-image 5:6 http://example.com/a.png'],
  ['an image of an unnamed scheme', '![a](//example.com/a.png)', 'issue/forbidden-image 5:6 //example.com/a.png'],
  ['a data image', '![a](data:image/png;base64,AA)', 'issue/forbidden-image 5:6 data:image/png;base64,AA'],
  ['a file image', '![a](file:///etc/passwd)', 'issue/forbidden-image 5:6 file:///etc/passwd'],
  [
    'an image of a block that is not there',
    '::promo{title=T url="https://e.example" image="x.png"}',
    'issue/missing-image 5:48 x.png',
  ],
])('points at %s', async (_name, body, expected) => {
  expect(await listBodyProblems(body)).toEqual([expected])
})

test('refuses a link to a picture outside the root', async () => {
  symlinkSync(join(ROOT, 'logo.png'), join(root, 'issues', 'link.png'))
  write('link.md', `${FRONT}![a](link.png)`)
  expect(await loadProblems('link.md')).toEqual(['issue/image-outside-root 5:6'])
})
