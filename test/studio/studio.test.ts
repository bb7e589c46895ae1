import { appendFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createTerminal, fixClock } from '../../src/base/index.ts'
import type { Change, StudioServices } from '../../src/preview/index.ts'
import { createStudio } from '../../src/studio/index.ts'
import { FIXED_TIME, makeNewsletter, PLAIN_CONFIG } from '../helpers/newsletter.ts'

const write = (week: string, body: string) =>
  `---\ntitle: Issue of ${week}\nweek: 2026-${week}\npreheader: More\n---\nHello.\n\n## One\n\n### [Entry](https://example.com/a)\n\n${body}\n`

const open = (root: string): StudioServices => {
  const terminal = createTerminal({ stdout: process.stderr, stderr: process.stderr, quiet: true, colour: false })
  const clock = fixClock(FIXED_TIME)
  return createStudio({ root, environment: {}, clock, terminal, inboxFolder: join(root, 'inbox') })
}

const watch = (studio: StudioServices) => {
  const changes: Change[] = []
  const watcher = studio.watch(
    (change) => changes.push(change),
    () => undefined,
  )
  onTestFinished(() => watcher.close())
  return changes
}

test('lists issues by the heads of their files, and counts them when nothing else is to do', async () => {
  const root = makeNewsletter({ 'issues/a.md': write('W30', 'Text.'), 'issues/b.md': write('W31', '::promp') })
  const studio = open(root)
  const changes = watch(studio)
  const [b, a] = await studio.listIssues()
  expect([b?.title, a?.title, a?.period]).toEqual([
    'Issue of W31',
    'Issue of W30',
    expect.stringMatching(/^July 20.*26, 2026$/),
  ])
  expect(a).not.toHaveProperty('errors')
  await expect
    .poll(() => changes.some(({ kind, slugs }) => kind === 'counts' && slugs?.includes('a')), { timeout: 5000 })
    .toBe(true)
  const [broken, good] = await studio.listIssues()
  expect(broken).toMatchObject({ slug: 'b', errors: 1, title: 'Issue of W31' })
  expect(good).toMatchObject({ slug: 'a', errors: 0, sizeBytes: expect.any(Number) as number })
})

test('keeps what has not changed, and reads what has', async () => {
  const root = makeNewsletter({ 'issues/a.md': write('W30', 'Text.') })
  const studio = open(root)
  const first = await studio.inspect('a')
  expect(await studio.inspect('a')).toBe(first)
  appendFileSync(join(root, 'issues/a.md'), '\nMore text.\n')
  const second = await studio.inspect('a')
  expect(second?.preview?.html).toContain('More text.')
  expect(second?.preview?.hash).not.toBe(first?.preview?.hash)
  rmSync(join(root, 'issues/a.md'))
  expect(await studio.inspect('a')).toBeUndefined()
  expect(await studio.listIssues()).toEqual([])
})

test('shows lines of the template when the problem is there', async () => {
  const root = makeNewsletter({
    'issues/a.md': write('W30', 'Text.').replace('preheader', 'template: mine\npreheader'),
    'emails/mine.tsx': 'export default () => {\n  return <p>{</p>\n}\n',
  })
  const inspection = await open(root).inspect('a')
  expect(inspection?.diagnostics[0]).toMatchObject({ file: 'emails/mine.tsx' })
  expect(inspection?.diagnostics[0]?.frame).toContain('> 2 |   return <p>{</p>')
})

test('tells of a configuration that does not load, until it does', async () => {
  const root = makeNewsletter({ 'issues/a.md': write('W30', 'Text.') })
  writeFileSync(join(root, 'letterpress.config.ts'), 'export default {}')
  const studio = open(root)
  const changes = watch(studio)
  await expect(studio.describe()).rejects.toMatchObject({ code: 'config/invalid' })
  await expect(studio.inspect('a')).rejects.toMatchObject({ code: 'config/invalid' })
  await expect
    .poll(() => {
      writeFileSync(join(root, 'letterpress.config.ts'), PLAIN_CONFIG)
      return changes.some(({ kind }) => kind === 'config')
    })
    .toBe(true)
  expect(await studio.describe()).toMatchObject({ name: 'Test Letter', transport: { name: 'inbox' }, editor: 'link' })
  expect((await studio.inspect('a'))?.preview).toBeDefined()
})

test('makes the message when it is asked for, once', async () => {
  const studio = open(makeNewsletter({ 'issues/a.md': write('W30', 'Text.') }))
  const preview = (await studio.inspect('a'))?.preview
  const raw = await preview?.readRaw()
  expect(Buffer.from(raw ?? []).toString()).toMatch(/^From: /)
  expect(await preview?.readRaw()).toBe(raw)
})
