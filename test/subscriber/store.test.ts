import { expect, test } from 'vitest'
import { audienceCondition, EVERYBODY, formatSegment, parseSegment } from '../../src/subscriber/index.ts'
import { address, openStore } from './open-store.ts'

const BY_AUTHOR = { source: 'author' }

test('adds a reader, active at once, with consent by the author', async () => {
  const { store } = await openStore()
  const result = await store.add(address('Ada@example.com'), {
    name: 'Ada',
    language: 'en',
    tags: ['weekly', 'beta'],
    source: 'fair',
  })
  expect(result).toMatchObject({
    kind: 'added',
    subscriber: {
      email: 'Ada@example.com',
      name: 'Ada',
      status: 'active',
      tags: ['beta', 'weekly'],
      source: 'fair',
      fields: {},
    },
  })
  const ada = await store.findByEmail(address('ada@example.com'))
  expect(await store.listConsents(ada?.key ?? 0)).toMatchObject([{ kind: 'added', source: 'author' }])
  expect(await store.findById(ada?.id ?? '')).toEqual(ada)
})

test('adding again changes what is given, adds tags, and nothing else', async () => {
  const { store } = await openStore()
  await store.add(address('a@example.com'), { name: 'Ann', tags: ['weekly'] })
  expect(await store.add(address('A@example.com'), { tags: ['beta'] })).toMatchObject({
    kind: 'changed',
    subscriber: { email: 'a@example.com', name: 'Ann', tags: ['beta', 'weekly'] },
  })
  expect(await store.add(address('a@example.com'), { name: 'Ann' })).toMatchObject({ kind: 'unchanged' })
})

test('adding a pending reader by hand leaves them pending', async () => {
  const { store, take } = await openStore()
  await take('email,status\na@example.com,pending\n')
  expect(await store.add(address('a@example.com'))).toMatchObject({
    kind: 'unchanged',
    subscriber: { status: 'pending' },
  })
  expect(await store.countAudience(EVERYBODY)).toBe(0)
})

test('unsubscribing holds for good, is recorded once, and knows nobody else', async () => {
  const { store } = await openStore()
  await store.add(address('a@example.com'))
  const before = await store.findByEmail(address('a@example.com'))
  expect(await store.unsubscribe(before?.id ?? '', { source: 'one-click' })).toBe('left')
  expect(await store.unsubscribe(before?.id ?? '', { source: 'link' })).toBe('already')
  expect(await store.unsubscribe('0123456789abcdef01234567', { source: 'link' })).toBe('unknown')
  expect(await store.findById(before?.id ?? '')).toMatchObject({ status: 'unsubscribed' })
  const consents = await store.listConsents(before?.key ?? 0)
  expect(consents.map(({ kind, source }) => [kind, source])).toEqual([
    ['added', 'author'],
    ['unsubscribed', 'one-click'],
  ])
})

test('twenty unsubscriptions at once are one', async () => {
  const { store } = await openStore()
  await store.add(address('a@example.com'))
  const id = (await store.findByEmail(address('a@example.com')))?.id ?? ''
  const results = await Promise.all(
    Array.from({ length: 20 }, async () => await store.unsubscribe(id, { source: 'link' })),
  )
  expect(results.filter((result) => result === 'left')).toHaveLength(1)
})

test('removing is unsubscribing by the author: the address stays, and no import brings it back', async () => {
  const { store, take } = await openStore()
  await store.add(address('a@example.com'))
  expect(await store.remove(address('A@EXAMPLE.com'))).toBe('left')
  expect(await store.remove(address('a@example.com'))).toBe('already')
  expect(await store.remove(address('nobody@example.com'))).toBe('unknown')
  expect(await take('email\na@example.com\n')).toMatchObject({ new: 0, kept: { count: 1 } })
})

test.each([
  ['bounced', 'bounced'],
  ['complained', 'complained'],
  ['author', 'unsubscribed'],
] as const)('suppressing because of %s makes the reader %s, under any spelling', async (reason, status) => {
  const { store } = await openStore()
  await store.add(address('josé@example.com'))
  await store.suppress(address('JOSE\u{301}@example.com'), reason, { source: 'smtp', detail: '550 5.1.1' })
  expect(await store.findByEmail(address('josé@example.com'))).toMatchObject({ status })
  expect(await store.findSuppression(address('josé@example.com'))).toMatchObject({ reason, detail: '550 5.1.1' })
  await store.suppress(address('josé@example.com'), 'bounced', BY_AUTHOR)
  expect(await store.findSuppression(address('josé@example.com'))).toMatchObject({ reason })
})

test('counts by status and segment', async () => {
  const { store, take } = await openStore()
  await take(
    'email,tags,status\na@example.com,beta,\nb@example.com,beta;weekly,unsubscribed\nc@example.com,weekly,pending\nd@example.com,betamax,\n',
  )
  expect(await store.countByStatus()).toEqual({ active: 2, pending: 1, unsubscribed: 1, bounced: 0, complained: 0 })
  expect(await store.countByStatus(parseSegment('tag:weekly'))).toMatchObject({
    active: 0,
    pending: 1,
    unsubscribed: 1,
  })
  expect(await store.countAudience(parseSegment('tag:beta'))).toBe(1)
  expect(await store.countAudience(EVERYBODY)).toBe(2)
})

test('pages meet everybody once, in the order in which they came, while others join', async () => {
  const { store, take } = await openStore()
  await take(
    `email,tags\n${Array.from({ length: 2500 }, (_, index) => `r${index}@example.com,${index % 2 ? 'odd' : ''}`).join('\n')}\n`,
  )
  const keys: number[] = []
  for await (const page of store.readAudience(EVERYBODY)) {
    if (keys.length === 0) await store.add(address('late@example.com'))
    keys.push(...page.map(({ key }) => key))
  }
  expect(keys).toHaveLength(2501)
  expect(keys).toEqual(keys.toSorted((a, b) => a - b))
  let odd = 0
  for await (const page of store.readAudience(parseSegment('tag:ODD'))) odd += page.length
  expect(odd).toBe(1250)
  const stop = new AbortController()
  let pages = 0
  for await (const _ of store.readAudience(EVERYBODY, stop.signal)) if (++pages === 1) stop.abort()
  expect(pages).toBe(1)
})

test('looks readers up by key at the moment of sending, with whether mail may go out', async () => {
  const { store, take } = await openStore()
  await take(
    `email\n${Array.from({ length: 250 }, (_, index) => `r${String(index).padStart(3, '0')}@example.com`).join('\n')}\n`,
  )
  const keys = (await store.list({ segment: EVERYBODY, limit: 1000 })).map(({ key }) => key)
  await store.remove(address('r001@example.com'))
  await store.suppress(address('r002@example.com'), 'bounced', BY_AUTHOR)
  const found = await store.readRecipients([...keys, 99_999])
  expect(found).toHaveLength(250)
  expect(found.filter(({ isMailable }) => !isMailable).map(({ subscriber }) => subscriber.email)).toEqual([
    'r001@example.com',
    'r002@example.com',
  ])
  expect(await store.readRecipients([])).toEqual([])
  expect(await store.readRecipients([keys[1] ?? 0])).toMatchObject([{ isMailable: false }])
})

test('an address suppressed before its reader came is no audience', async () => {
  const { db, store } = await openStore()
  await store.add(address('a@example.com'))
  // As a forgotten address leaves it: the suppression without the status.
  await db.run("INSERT INTO suppressions (email_key, reason, at) VALUES ('a@example.com', 'author', 1)")
  expect(await store.countAudience(EVERYBODY)).toBe(0)
  const { sql, values } = audienceCondition(parseSegment('tag:x'), 'sqlite', 's')
  expect(await db.all(`SELECT s.key FROM subscribers AS s WHERE ${sql}`, values)).toEqual([])
})

test.each([
  ['', EVERYBODY],
  ['  ', EVERYBODY],
  ['tag:beta', { kind: 'tag', tag: 'beta' }],
  ['Tag: Early Birds', { kind: 'tag', tag: 'early birds' }],
  ['tag:"a b"', { kind: 'tag', tag: 'a b' }],
  ['tag:наука', { kind: 'tag', tag: 'наука' }],
])('reads the segment %j', (query, segment) => {
  expect(parseSegment(query)).toEqual(segment)
  expect(parseSegment(formatSegment(parseSegment(query)))).toEqual(segment)
})

test.each([
  ['beta', 'it has no colon|has no colon', 'Write tag:beta'],
  ['tga:beta', 'cannot be chosen by "tga"', 'Write tag:beta'],
  ['language:en', 'cannot be chosen by "language"', 'Write tag:en'],
  ['tag:', 'name of the tag is missing', 'Write tag:NAME'],
  ['tag:a;b', 'is none', 'Write tag:NAME'],
  ['tag:a and tag:b', 'can name one tag', 'Write tag:a'],
])('refuses the segment %j in words', (query, message, hint) => {
  expect(() => parseSegment(query)).toThrow(
    expect.objectContaining({
      code: 'subscriber/invalid-segment',
      kind: 'usage',
      message: expect.stringMatching(message) as string,
      hint: expect.stringContaining(hint) as string,
    }) as Error,
  )
})
