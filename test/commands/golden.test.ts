import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { runCli } from '../helpers/cli.ts'
import { makeNewsletter } from '../helpers/newsletter.ts'

const GOOD =
  '---\ntitle: Good\nweek: 2026-W34\npreheader: Something else\n---\nHello {{ subscriber.name | default: "there" }}.\n\n## One\n\n### [Entry](https://example.com/a)\n\nText.\n'
const READERS =
  'readers:\n  - { id: sam, email: sam@example.com, name: Sam }\n  - { id: nobody, email: reader@example.org }\n'
const FILES = { 'issues/good.md': GOOD, 'readers.yaml': READERS }

test('keeps the mail of every fixture reader, and finds it unchanged', async () => {
  const root = makeNewsletter(FILES)
  expect(await runCli(root, ['golden', 'good', '--update'])).toMatchObject({ code: 0 })
  const names = ['nobody.html', 'nobody.txt', 'sam.html', 'sam.txt']
  expect(readdirSync(join(root, 'golden/good')).toSorted()).toEqual(names)
  expect(readFileSync(join(root, 'golden/good/sam.txt'), 'utf8')).toContain(
    'Subject: Good\nPreheader: Something else\n',
  )
  expect(readFileSync(join(root, 'golden/good/nobody.txt'), 'utf8')).toContain('Hello there.')
  expect(await runCli(root, ['golden'])).toMatchObject({ code: 0, stdout: '4 mails as kept.\n' })
  expect(existsSync(join(root, '.env'))).toBe(false)
})

test('shows what changed, for whom, and ends with 1', async () => {
  const root = makeNewsletter(FILES)
  await runCli(root, ['golden', 'good', '--update'])
  writeFileSync(join(root, 'issues/good.md'), GOOD.replace('Text.', 'Other words.'))
  const { code, stdout } = await runCli(root, ['golden'])
  expect(code).toBe(1)
  expect(stdout).toContain('--- kept/golden/good/sam.txt\n+++ now/golden/good/sam.txt\n')
  expect(stdout).toContain('-Text.\n+Other words.\n')
  expect(stdout).toContain('4 of 4 differ.')
  const json = JSON.parse((await runCli(root, ['--json', 'golden'])).stdout) as { files: { state: string }[] }
  expect(json.files.map(({ state }) => state)).toEqual(Array.from({ length: 4 }, () => 'changed'))
  await runCli(root, ['golden', '--update'])
  expect(await runCli(root, ['golden'])).toMatchObject({ code: 0 })
})

test('keeps line ends of other systems and readers who are gone out of it', async () => {
  const root = makeNewsletter(FILES)
  await runCli(root, ['golden', 'good', '--update'])
  const kept = join(root, 'golden/good/sam.html')
  writeFileSync(kept, readFileSync(kept, 'utf8').replaceAll('\n', '\r\n'))
  expect(await runCli(root, ['golden'])).toMatchObject({ code: 0 })
  writeFileSync(join(root, 'readers.yaml'), READERS.split('\n').slice(0, 2).join('\n'))
  await runCli(root, ['golden', '--update'])
  expect(readdirSync(join(root, 'golden/good'))).toHaveLength(2)
})

test('leaves what is kept alone when the issue breaks, and says so', async () => {
  const root = makeNewsletter(FILES)
  await runCli(root, ['golden', 'good', '--update'])
  writeFileSync(join(root, 'issues/good.md'), GOOD.replace('week: 2026-W34\n', ''))
  for (const flags of [[], ['--update']]) {
    const { code, stdout } = await runCli(root, ['golden', ...flags])
    expect(code).toBe(1)
    expect(stdout).toContain('issues/good.md cannot be rendered')
  }
  expect(readdirSync(join(root, 'golden/good'))).toHaveLength(4)
})

test('says how to begin when nothing is kept', async () => {
  const root = makeNewsletter(FILES)
  const result = await runCli(root, ['golden'])
  expect(result).toMatchObject({ code: 0, stdout: expect.stringContaining('--update') as string })
  rmSync(join(root, 'issues'), { recursive: true })
})

test('init writes a workflow for GitHub that checks, compares and builds', async () => {
  const root = makeNewsletter({})
  await runCli(root, ['init', 'letter'])
  const text = readFileSync(join(root, 'letter/.github/workflows/newsletter.yml'), 'utf8')
  const workflow = parse(text) as { on: object; permissions: object; jobs: { check: { steps: { run?: string }[] } } }
  expect(Object.keys(workflow.on)).toContain('pull_request')
  expect(workflow.permissions).toEqual({ contents: 'read' })
  expect(workflow.jobs.check.steps.flatMap(({ run }) => run ?? [])).toEqual([
    'npm ci --ignore-scripts',
    'npx letterpress check --format github',
    'npx letterpress golden',
    'npx letterpress build',
  ])
})
