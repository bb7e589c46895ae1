import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../src/db/index.ts'
import type { IssueBody, MessageSourceBody, ReadersBody, StateEvent } from '../../src/preview/api.ts'
import { addReaders } from '../commands/send-make.ts'
import { makeNewsletter } from '../helpers/newsletter.ts'
import { connectEvents } from './events.ts'
import { openStudio } from './open-studio.ts'

const ISSUE = `---
title: Papers
week: 2026-W34
preheader: More
---
Hello {{ subscriber.name }} of {{ subscriber.fields.city }}.

## One

### [Entry](https://example.com/a)

Text.
`
const READERS = `readers:
  - { id: ada, email: ada@example.com, name: Ada, fields: { city: Turin } }
  - { id: grace, email: grace@example.com, tags: [navy] }
`
const make = () => makeNewsletter({ 'issues/a.md': ISSUE, 'readers.yaml': READERS })

test('looking makes no store', async () => {
  const root = make()
  const { get } = await openStudio(root)
  for (const path of ['readers?q=', 'issues', 'issues/a', 'issues/a/plan', 'runs', 'issues/a/tree', 'issues/a/message'])
    expect((await get(`/api/${path}`)).status, path).toBe(200)
  expect((await get('/api/runs/a')).status).toBe(404)
  expect(existsSync(join(root, 'data'))).toBe(false)
})

test('finds fixture readers and subscribers by name, address and tag', async () => {
  const root = make()
  const { get } = await openStudio(root)
  const search = async (query: string) => (await get<ReadersBody>(`/api/readers?q=${encodeURIComponent(query)}`)).body
  expect(await search('')).toMatchObject({ readers: [{ id: 'ada' }, { id: 'grace' }], subscribers: 0, hasMore: false })
  await addReaders(root, 120)
  const all = await search('')
  expect([all.readers.length, all.subscribers, all.hasMore]).toEqual([52, 120, true])
  expect((await search('READER 119')).readers).toMatchObject([
    { id: 'r119', kind: 'subscriber', email: 'reader-119@example.com', status: 'active' },
  ])
  expect((await search('navy')).readers.map(({ id }) => id)).toEqual(['grace'])
  expect((await search('even')).readers.every(({ tags }) => tags.includes('even'))).toBe(true)
  expect((await search("' OR 1=1 --")).readers).toEqual([])
  expect((await search('%')).readers).toEqual([])
})

test('shows an issue as any reader gets it, with links that do nothing', async () => {
  const root = make()
  await addReaders(root, 3)
  const { get, preview } = await openStudio(root)
  const first = (await get<IssueBody>('/api/issues/a')).body.mail
  expect(first?.text).toContain('Hello Ada of Turin.')
  const { body } = await get<IssueBody>('/api/issues/a?reader=r2')
  expect(body.mail?.to).toBe('Reader 2 <reader-2@example.com>')
  expect(body.mail?.reader).toMatchObject({ id: 'r2', kind: 'subscriber', tags: ['even'] })
  expect(body.mail?.missing).toContainEqual(
    expect.objectContaining({ slot: 'subscriber.fields.city', isMissingHere: true }),
  )
  const html = await (await fetch(`${preview.url}${body.mail?.url}`)).text()
  expect(html).toContain('Hello <bdi>Reader 2</bdi> of')
  const eml = await (await fetch(`${preview.url}${body.mail?.rawUrl}`)).text()
  expect(eml).toContain('To: "Reader 2" <reader-2@example.com>')
  const message = (await get<MessageSourceBody>('/api/issues/a/message?reader=r2')).body
  const unsubscribe = message.headers.find(({ name }) => name === 'List-Unsubscribe')
  expect(unsubscribe?.raw).toMatch(/^List-Unsubscribe: /)
  expect(message.raw).toContain(unsubscribe?.raw)
  expect(message.sizeBytes).toBe(Buffer.byteLength(message.raw))
  // Signed by a key that no server has.
  const { openNewsletter } = await import('../helpers/newsletter.ts')
  const app = await openNewsletter(root)
  const token = /unsubscribe%20([\w.-]+)/.exec(unsubscribe?.value ?? '')?.[1] ?? ''
  expect(token).not.toBe('')
  expect(app.readToken(token)).toBeUndefined()
})

test('a reader that nobody is gets words', async () => {
  const { get } = await openStudio(make())
  expect(await get('/api/issues/a?reader=nobody')).toMatchObject({
    status: 404,
    body: { error: { code: 'preview/no-reader' } },
  })
  expect((await get('/api/issues/a?reader=..%2fx')).status).toBe(400)
})

test('counts the readers who lack a value', async () => {
  const root = make()
  await addReaders(root, 40)
  const { get } = await openStudio(root)
  const lacking = async () => (await get<IssueBody>('/api/issues/a')).body.mail?.missing
  await expect
    .poll(lacking)
    .toEqual([{ slot: 'subscriber.fields.city', isMissingHere: false, readers: 40, audience: 40 }])
})

test('a subscriber who changes is shown as they are now', async () => {
  const root = make()
  await addReaders(root, 2)
  const { get } = await openStudio(root)
  const text = async () => (await get<IssueBody>('/api/issues/a?reader=r1')).body.mail?.text
  expect(await text()).toContain('Hello Reader 1')
  const db = await openDatabase({ url: 'sqlite:data/letterpress.db', root })
  await db.run("UPDATE subscribers SET name = 'Renamed' WHERE id = 'r1'")
  await db.close()
  await expect.poll(text, { timeout: 5000 }).toContain('Hello Renamed')
})

test('fixture readers that change are shown anew', async () => {
  const root = make()
  const { get } = await openStudio(root)
  expect((await get<IssueBody>('/api/issues/a')).body.mail?.text).toContain('Hello Ada')
  await expect
    .poll(
      async () => {
        writeFileSync(join(root, 'readers.yaml'), READERS.replace('Ada', 'Augusta'))
        return (await get<IssueBody>('/api/issues/a')).body.mail?.text
      },
      { timeout: 5000 },
    )
    .toContain('Hello Augusta')
})

test('two pages see every save as their own readers, and the last good mail of a broken file', async () => {
  const root = make()
  await addReaders(root, 1)
  const { preview } = await openStudio(root)
  const listen = (reader: string) => {
    const events = connectEvents(`${preview.url}/events?live&issue=a&reader=${reader}`)
    onTestFinished(() => events.close())
    return async (word: string) =>
      await events.next<StateEvent>('state', ({ issue }) => JSON.stringify(issue ?? {}).includes(word))
  }
  const [ada, first] = [listen('ada'), listen('r1')]
  expect((await ada('Hello Ada')).issue).toMatchObject({ slug: 'a', reader: 'ada' })
  expect((await first('Hello Reader 1')).issue).toMatchObject({ slug: 'a', reader: 'r1' })
  writeFileSync(join(root, 'issues/a.md'), ISSUE.replace('Hello', 'Dear'))
  await ada('Dear Ada')
  await first('Dear Reader 1')
  writeFileSync(join(root, 'issues/a.md'), ISSUE.replace('Text.', '::promp'))
  const broken = await first('unknown')
  expect(broken.issue).toMatchObject({
    html: expect.stringContaining('Dear <bdi>Reader 1</bdi>') as string,
    body: { mail: { isStale: true, reader: { id: 'r1' } } },
  })
})
