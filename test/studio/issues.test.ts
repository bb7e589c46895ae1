import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { BlocksBody, IssueBody, IssuesBody, TestBody, TreeBody } from '../../src/preview/api.ts'
import type { TreeNode } from '../../src/preview/index.ts'
import { makeNewsletter } from '../helpers/newsletter.ts'
import { openStudio } from './open-studio.ts'

const write = (week: string, body = 'Text.') =>
  `---\ntitle: Issue of ${week}\nnumber: 7\nweek: 2026-${week}\npreheader: More\n---\nHello there, everybody.\n\n::toc\n\n## One\n\n### [First entry](https://example.com/a)\n\n${body}\n\n### [Second entry](https://example.com/b)\n\nMore text.\n\n## Two\n\n### [Third entry](https://example.com/c)\n\nEven more.\n\n---\nUntil next week, then.\n`

const LOG = 'globalThis.rendered'
/** A template that tells which issues were rendered. */
const COUNTING = `export default function Counting({ issue }) {
  (${LOG} ??= []).push(issue.slug)
  return <html><body><h1>{issue.title}</h1></body></html>
}
`
const takeRendered = (): string[] => {
  const world = globalThis as { rendered?: string[] }
  const list = world.rendered ?? []
  world.rendered = []
  return list
}

test('writes a new issue, and none over another', async () => {
  const root = makeNewsletter({ 'issues/a.md': write('W30') })
  const { get, post } = await openStudio(root)
  const made = await post('/api/issues', { slug: 'my-week', title: 'Ünder: "quotes" # and more' })
  expect(made).toEqual({ status: 201, body: { slug: 'my-week', file: 'issues/my-week.md' } })
  const { body } = await get<IssueBody>('/api/issues/my-week')
  expect(body).toMatchObject({ draft: true, diagnostics: [] })
  expect(body.title).toMatch(/^Ünder: .quotes. # and more$/)
  const text = readFileSync(join(root, 'issues/my-week.md'), 'utf8')
  expect(await post('/api/issues', { slug: 'my-week' })).toMatchObject({
    status: 409,
    body: { error: { code: 'studio/issue-exists' } },
  })
  expect(readFileSync(join(root, 'issues/my-week.md'), 'utf8')).toBe(text)
  expect(await post('/api/issues', {})).toMatchObject({
    status: 201,
    body: { slug: expect.stringMatching(/^\d{4}-w\d\d$/) as string },
  })
})

test('says how far each issue is', async () => {
  const root = makeNewsletter({ 'issues/a.md': write('W30'), 'issues/b.md': write('W31') })
  const { get, post } = await openStudio(root)
  const states = async () => (await get<IssuesBody>('/api/issues')).body.issues.map(({ slug, state }) => [slug, state])
  expect((await get<IssuesBody>('/api/issues')).body.issues[0]).toMatchObject({ number: 7, date: '2026-07-27' })
  expect(await states()).toEqual([
    ['b', 'draft'],
    ['a', 'draft'],
  ])
  const sent = await post<TestBody>('/api/issues/a/test', { to: ['me@example.com', 'you@example.com'] })
  expect(sent.body).toMatchObject({
    transport: 'inbox',
    isRecorded: true,
    results: [
      { to: 'me@example.com', kind: 'accepted', code: 250, reply: expect.stringContaining('250') as string },
      { to: 'you@example.com', kind: 'accepted' },
    ],
  })
  await expect.poll(states, { timeout: 8000 }).toEqual([
    ['b', 'draft'],
    ['a', 'tested'],
  ])
  appendFileSync(join(root, 'issues/a.md'), '\nAnother line.\n')
  await get('/api/issues/a')
  await expect.poll(states).toEqual([
    ['b', 'draft'],
    ['a', 'draft'],
  ])
})

test('a test of what cannot be rendered is not sent', async () => {
  const root = makeNewsletter({ 'issues/a.md': write('W30', '::promp') })
  const { get, post } = await openStudio(root)
  for (const path of ['message', 'tree'])
    expect(await get(`/api/issues/a/${path}`)).toMatchObject({
      status: 409,
      body: { error: { code: 'preview/not-rendered' } },
    })
  expect((await get('/api/issues/none/tree')).status).toBe(404)
  expect(await post('/api/issues/a/test', { to: ['me@example.com'] })).toMatchObject({
    status: 409,
    body: { error: { code: 'studio/cannot-render' } },
  })
  expect((await post('/api/issues/none/test', { to: ['me@example.com'] })).status).toBe(404)
  expect(existsSync(join(root, 'data'))).toBe(false)
})

test('weighs every section and entry, and all of it is the whole', async () => {
  const root = makeNewsletter({ 'issues/a.md': write('W30', 'A long text. '.repeat(300)) })
  const { get } = await openStudio(root)
  const { nodes, totalBytes } = (await get<TreeBody>('/api/issues/a/tree')).body
  const { mail } = (await get<IssueBody>('/api/issues/a')).body
  expect(totalBytes).toBe(mail?.sizeBytes)
  expect(nodes.reduce((sum, { bytes = 0 }) => sum + bytes, 0)).toBe(totalBytes)
  const outline = (node: TreeNode): unknown[] => [node.kind, node.number ?? node.title, ...node.children.map(outline)]
  expect(nodes.filter(({ kind }) => kind !== 'frame').map(outline)).toEqual([
    ['opening', 'Opening', ['prose', 'Hello there, everybody.'], ['block', 'toc']],
    ['section', '1', ['entry', '1.1'], ['entry', '1.2']],
    ['section', '2', ['entry', '2.1']],
    ['closing', 'Closing', ['prose', 'Until next week, then.']],
  ])
  const [long, short] = nodes.find(({ number }) => number === '1')?.children ?? []
  expect(long?.bytes).toBeGreaterThan(3900)
  expect(short?.bytes).toBeLessThan(2500)
  expect(long).toMatchObject({ anchor: 'e-first-entry', range: { start: { line: 13 } } })
})

test('tells where in the mail a finding shows', async () => {
  const root = makeNewsletter({
    'issues/a.md': write('W30', 'See [this](https://bit.ly/abc).').replace('preheader: More\n', ''),
  })
  const { get } = await openStudio(root)
  const { findings } = (await get<IssueBody>('/api/issues/a')).body
  expect(findings.find(({ rule }) => rule === 'link-shortener')).toMatchObject({
    range: { start: { line: 14 } },
    mail: { part: 'html', anchor: 'e-first-entry' },
  })
})

test('shows every block from its own example', async () => {
  const { get, preview } = await openStudio(makeNewsletter({ 'issues/a.md': write('W30') }))
  const { blocks } = (await get<BlocksBody>('/api/blocks')).body
  expect(blocks.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['toc', 'promo', 'mentoring', 'sponsor', 'note']),
  )
  expect(blocks.flatMap(({ diagnostics }) => diagnostics)).toEqual([])
  const note = blocks.find(({ name }) => name === 'note')
  expect(note?.source).toContain(':::note')
  const html = await (await fetch(`${preview.url}${note?.url}`)).text()
  expect(html).toContain('47.2%')
})

test('an edit renders what is open and nothing else', { timeout: 60_000 }, async () => {
  const weeks = Array.from({ length: 100 }, (_, index) => `i${String(index).padStart(3, '0')}`)
  const files = Object.fromEntries(
    weeks.map((slug) => [`issues/${slug}.md`, write('W30').replace('number: 7', 'template: counting')]),
  )
  const root = makeNewsletter({ ...files, 'emails/counting.tsx': COUNTING })
  takeRendered()
  const { get, studio } = await openStudio(root)
  const isCounted = async () => (await studio.listIssues()).every(({ errors }) => errors !== undefined)
  const { body } = await get<IssueBody>('/api/issues/i007')
  expect(body.mail?.sizeBytes).toBeGreaterThan(0)
  // The list is at rest once every row was counted.
  const rest = async () => {
    while (!(await isCounted())) await new Promise((resolve) => setTimeout(resolve, 1500))
  }
  await rest()
  expect(new Set(takeRendered()).size).toBe(100)
  const path = join(root, 'issues/i007.md')
  for (let edit = 0; edit < 5; edit++) {
    writeFileSync(path, readFileSync(path, 'utf8').replace(/title: .*/, `title: Edit ${edit}`))
    await expect
      .poll(async () => (await get<IssueBody>('/api/issues/i007')).body.title, { timeout: 5000 })
      .toBe(`Edit ${edit}`)
    await studio.listIssues()
  }
  expect(new Set(takeRendered())).toEqual(new Set(['i007']))
  // Another start of the studio knows them all.
  const again = await openStudio(root)
  await again.studio.listIssues()
  await expect
    .poll(async () => (await again.studio.listIssues()).filter(({ errors }) => errors === undefined).length, {
      timeout: 20_000,
      interval: 1500,
    })
    .toBe(0)
  expect(takeRendered().length).toBeLessThan(5)
})
