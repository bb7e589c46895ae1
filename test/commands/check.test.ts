import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli, spawnCli } from '../helpers/cli.ts'
import { makeNewsletter, repository } from '../helpers/newsletter.ts'

const GOOD =
  '---\ntitle: Good\nweek: 2026-W34\npreheader: Something else\n---\nHello.\n\n## One\n\n### [Entry](https://example.com/a)\n\nText.\n'
const BAD =
  '---\ntitle: Bad\nweek: 2026-W34\npreheader: Something else\n---\nHello.\n\n## One\n\n::promp{name="x"}\n\n### [Entry](javascript:alert(1))\n\nText.\n'

test('says that all is well and ends with 0', async () => {
  const result = await runCli(makeNewsletter({ 'issues/good.md': GOOD }), ['check'])
  expect(result).toMatchObject({ code: 0, stderr: '' })
  expect(result.stdout).toContain('1 issue, no problems')
})

test('reports every problem with place, frame and suggestion and ends with 1', async () => {
  const result = await runCli(makeNewsletter({ 'issues/bad.md': BAD, 'issues/good.md': GOOD }), ['check'])
  expect(result.code).toBe(1)
  expect(result.stdout).toContain('issues/bad.md:10:3')
  expect(result.stdout).toContain('Did you mean "promo"?')
  expect(result.stdout).toContain('issue/forbidden-link')
  expect(result.stdout).not.toMatch(/\n\s+at /)
})

test('gives one JSON document on stdout', async () => {
  const { code, stdout } = await runCli(makeNewsletter({ 'issues/bad.md': BAD }), ['--json', 'check', 'bad'])
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({ version: 1, issues: [{ file: 'issues/bad.md' }] })
})

test('annotates a pull request', async () => {
  const { stdout } = await runCli(makeNewsletter({ 'issues/bad.md': BAD }), ['check', '--format', 'github'])
  expect(stdout).toMatch(/^::error file=issues\/bad\.md,line=10,col=3/m)
})

test.each([
  ['an unknown issue', ['check', 'nothing-like-it'], 2],
  ['an unknown command', ['chekc'], 2],
  ['an unknown flag', ['check', '--formatt', 'json'], 2],
  ['an unknown format', ['check', '--format', 'xml'], 2],
])('ends with 2 for %s', async (_, args, code) => {
  const result = await runCli(makeNewsletter({ 'issues/good.md': GOOD }), args)
  expect(result.code).toBe(code)
  expect(result.stderr).not.toMatch(/\n\s+at /)
})

test('ends with 2 where there is no newsletter, and says what to do', async () => {
  const result = await runCli(makeNewsletter({ 'issues/good.md': GOOD }), ['--root', 'issues', 'check'])
  expect(result.code).toBe(2)
  expect(result.stderr).toContain('letterpress init')
})

// The traces of this process are vitest's.
test('names the line of a component that throws', async () => {
  const root = makeNewsletter({
    'issues/good.md': GOOD.replace('title: Good', 'title: Good\ntemplate: broken'),
    'emails/broken.tsx':
      'const nothing: { deep?: { down: string } } = {}\n\nexport default function Broken() {\n  return <p>{nothing.deep!.down}</p>\n}\n',
  })
  const { code, stdout } = await spawnCli(root, ['check'])
  expect(code).toBe(1)
  expect(stdout).toContain('render/component-failed')
  expect(stdout).toContain('emails/broken.tsx:4:')
  expect(stdout).not.toMatch(/\n\s+at /)
})

test('finds nothing wrong with the examples', async () => {
  const { code, stdout } = await runCli(repository, ['check'])
  expect(stdout).toContain('no problems')
  expect(code).toBe(0)
})

test.each([
  ['both', ['issues/a.md', 'issues/b.md'], 'issues/b.md'],
  ['one', ['a'], 'issues/b.md'],
])('finds an id that occurs twice when %s are named', async (_, names, other) => {
  const root = makeNewsletter({ 'issues/a.md': GOOD, 'issues/b.md': GOOD.replace('title:', 'id: a\ntitle:') })
  const { code, stdout } = await runCli(root, ['check', ...names])
  expect(code).toBe(1)
  expect(stdout).toContain(`The id "a" is also that of ${other}`)
})

test('a slug of two files is an error that names both', async () => {
  const root = makeNewsletter({ 'issues/dup.md': GOOD, 'issues/dup.yaml': 'title: A\nid: other\nweek: 2024-W12\n' })
  for (const command of [['check'], ['build'], ['test', '--to', 'me@example.com'], ['plan'], ['send', '--yes']]) {
    const { code, stderr } = await runCli(root, [...command, 'dup'])
    expect(code, command[0]).toBe(2)
    expect(stderr).toContain('"dup" can be issues/dup.md or issues/dup.yaml.')
  }
  expect((await runCli(root, ['check', 'issues/dup.md'])).code).toBe(1)
})

test('one issue named twice is one issue', async () => {
  const { code, stdout } = await runCli(makeNewsletter({ 'issues/good.md': GOOD }), ['check', 'good', 'issues/good.md'])
  expect(code).toBe(0)
  expect(stdout).toContain('1 issue,')
})

test('paths count from the current folder, slugs from the root', async () => {
  const root = makeNewsletter({ 'issues/good.md': GOOD, 'issues/bad.md': BAD })
  const here = join(root, 'issues')
  expect(await runCli(here, ['--root', '..', 'check', 'good.md'])).toMatchObject({ code: 0 })
  expect(await runCli(here, ['--root', '..', 'check', './bad.md'])).toMatchObject({ code: 1 })
  expect(await runCli(here, ['--root', '..', 'check', 'good'])).toMatchObject({ code: 0 })
  for (const name of ['issues/good.md', './gone.md', 'gone'])
    expect(await runCli(here, ['--root', '..', 'check', name]), name).toMatchObject({ code: 2, stdout: '' })
  const outside = makeNewsletter({ 'issues/good.md': GOOD })
  const { code, stdout } = await runCli(root, ['check', join(outside, 'issues/good.md')])
  expect(code).toBe(1)
  expect(stdout).toContain('outside the folder of the newsletter')
})
