import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PINNED_NODE } from '../../src/commands/init.ts'
import { runCli, spawnCli } from '../helpers/cli.ts'
import { makeNewsletter, PLAIN_CONFIG, repository } from '../helpers/newsletter.ts'

test('init writes a newsletter that passes its own checks', async () => {
  const root = makeNewsletter({})
  const made = await runCli(root, ['init', 'my-letter'])
  expect(made.code).toBe(0)
  const folder = join(root, 'my-letter')
  expect(readdirSync(folder).toSorted()).toEqual([
    '.env.example',
    '.github',
    '.gitignore',
    'issues',
    'letterpress.config.ts',
    'package.json',
    'readers.yaml',
  ])
  expect(await runCli(folder, ['check'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('no problems') as string,
  })
  expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toContain('.env\n')
})

test('init leaves what is there alone', async () => {
  const root = makeNewsletter({})
  const { stdout } = await runCli(root, ['init'])
  expect(stdout).toContain('kept   letterpress.config.ts')
  expect(readFileSync(join(root, 'letterpress.config.ts'), 'utf8')).toBe(PLAIN_CONFIG)
})

test('init pins the versions of Node that this repository pins', () => {
  const { optionalDependencies } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    optionalDependencies: unknown
  }
  expect(optionalDependencies).toEqual(PINNED_NODE)
})

test('new writes the issue of this week, then of the next, with the next number', async () => {
  const root = makeNewsletter({ 'issues/2020-w01.md': '---\ntitle: Old\nnumber: 41\nweek: 2020-W01\n---\nHello.\n' })
  await runCli(root, ['new'])
  await runCli(root, ['new'])
  const [, first = '', second = ''] = readdirSync(join(root, 'issues')).toSorted()
  expect(first).toMatch(/^\d{4}-w\d{2}\.md$/)
  expect(second > first).toBe(true)
  expect(readFileSync(join(root, 'issues', second), 'utf8')).toContain('number: 43\n')
  expect(await runCli(root, ['check', first.replace('.md', '')])).toMatchObject({ code: 0 })
})

test('new never writes over an issue', async () => {
  const root = makeNewsletter({})
  mkdirSync(join(root, 'issues'))
  writeFileSync(join(root, 'issues/mine.md'), 'mine')
  const result = await runCli(root, ['new', 'mine'])
  expect(result.code).toBe(2)
  expect(result.stderr).toContain('Nothing was written')
  expect(readFileSync(join(root, 'issues/mine.md'), 'utf8')).toBe('mine')
})

test.each(['../outside', '.hidden', 'a/b', 'with space', ''])('new refuses %j as a name', async (slug) => {
  const result = await runCli(makeNewsletter({}), ['new', slug])
  expect(result.code).toBe(2)
})

test('prints the versions of tool and runtime', async () => {
  const { code, stdout } = await runCli(repository, ['--version'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^letterpress \d+\.\d+\.\d+ \(node \d+\.\d+\.\d+\)\n$/)
})

test('help of every command has an example', async () => {
  const { commands } = await import('../../src/commands/index.ts')
  const all = commands.flatMap((command) => ('subcommands' in command ? command.subcommands : [command]))
  for (const command of all) expect(command.examples.length, command.name).toBeGreaterThan(0)
  const { stdout } = await runCli(repository, ['test', '--help'])
  expect(stdout).toContain('$ letterpress test 2024-w11-llm-papers --to me@example.com')
})

test.each([
  ['new', ['new', 'mine'], { issues: 'a file' }],
  ['check', ['check'], { issues: 'a file' }],
  ['init', ['init', 'taken'], { taken: 'a file' }],
  ['init inside a file', ['init', 'taken/deep'], { taken: 'a file' }],
])('%s says which file is in the way, and ends with 4', async (_, args, files) => {
  const { code, stderr } = await runCli(makeNewsletter(files), args)
  expect(code).toBe(4)
  expect(stderr).toMatch(/command\/file-trouble {2}\S+\/(?:issues|taken)\S* cannot be/)
  expect(stderr).not.toMatch(/unexpected|fault of letterpress/)
})

test.each([
  'news: weekly',
  'a: #b',
  'x<y>',
  'say "hi", O\'Brien',
  "it's",
  'two\nlines',
  '(- -)',
  '"',
  '{{ x }} ${y} `z`',
  '*bold* [link](x) & <b>',
  'ends\u2028here',
  'a@b.c, d; e',
  '::toc',
  '日本語',
  'ns://x'.replaceAll('/', ':'),
])('init copes with a folder named %j', async (name) => {
  const root = makeNewsletter({})
  expect(await runCli(root, ['init', name])).toMatchObject({ code: 0 })
  // What a URL needs escaped vitest's own import() does not find.
  const run = /[#\n]/.test(name) ? spawnCli : runCli
  const { code, stdout, stderr } = await run(join(root, name), ['check'])
  expect(stderr + stdout).toContain('no problems')
  expect(code).toBe(0)
})
