import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../helpers/folder.ts'
import { repository } from '../helpers/newsletter.ts'
import { address, openStore, stream } from './open-store.ts'

const HEADER = 'email,name,language,tags,status,joined,source,company\n'

test('takes every column, and records consent as imported', async () => {
  const { store, take } = await openStore()
  const report = await take(
    `${HEADER}Ada.Lovelace@Example.COM,"Lovelace, Ada",en_gb,Weekly; beta;weekly,,2024-03-05,conference,"Engines ""&"" Co"\n`,
  )
  expect(report).toMatchObject({ rows: 1, new: 1, changed: 0, unchanged: 0, isDryRun: false })
  const ada = await store.findByEmail(address('ADA.lovelace@example.com'))
  expect(ada).toMatchObject({
    email: 'Ada.Lovelace@example.com',
    name: 'Lovelace, Ada',
    language: 'en-GB',
    status: 'active',
    tags: ['beta', 'weekly'],
    fields: { company: 'Engines "&" Co' },
    source: 'conference',
    joinedAt: new Date('2024-03-05T00:00:00Z'),
  })
  expect(ada?.id).toMatch(/^[0-9a-f]{24}$/)
  expect(await store.listConsents(ada?.key ?? 0)).toEqual([
    { at: new Date('2026-08-21T06:00:00Z'), kind: 'imported', source: 'import', detail: 'list.csv' },
  ])
})

test('the shipped example list is taken whole, and holds what a list holds', async () => {
  const { store } = await openStore()
  const file = join(repository, 'examples/subscribers.csv')
  const report = await store.importCsv({ input: createReadStream(file), fileName: 'subscribers.csv', isDryRun: false })
  expect(report).toMatchObject({
    rows: 240,
    new: 240,
    invalid: { count: 0 },
    duplicate: { count: 0 },
    cleaned: { count: 0 },
  })
  const counts = await store.countByStatus()
  expect(Object.values(counts).every((count) => count > 0)).toBe(true)
  const readers = await store.list({ segment: { kind: 'all' }, limit: 1000 })
  expect(new Set(readers.map(({ language }) => language)).size).toBeGreaterThan(20)
  expect(readers.filter(({ name }) => name === undefined).length).toBeGreaterThan(10)
  expect(readers.every(({ email }) => /@example\.(?:com|net|org)$/.test(email))).toBe(true)
})

test('a list full of faults: valid rows are taken, the others told of by line', async () => {
  const { store } = await openStore()
  const file = join(repository, 'test/fixtures/subscriber/bad-rows.csv')
  const report = await store.importCsv({ input: createReadStream(file), fileName: 'bad-rows.csv', isDryRun: false })
  expect(report.invalid.rows.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
    '3 "no-at-sign.example.com" is no address: it has no @',
    '4 it has no address',
    '6 "Bob <bob@example.com>" is not one plain address: one row, one address, no name with it',
    '7 the address "inject@example.com Bcc: victim@example.net" holds a line break or control character',
    '12 "subscribed" is no status; write active, pending, unsubscribed, bounced, complained',
    '13 "31/12/2025" is no date; write 2026-08-21, or 2026-08-21T09:30:00Z',
    '14 "2026-02-30" is no day of the calendar',
    '15 "2999-01-01" lies in the future',
    '16 "not a language" is no language tag such as en or pt-BR',
    '17 it has 10 cells where the first line names 8 columns; is a quote missing?',
    '20 text stands after a closing quote; a quote inside a cell is written twice',
    '24 "almost@example" is no valid address',
    '25 a quote is opened and never closed',
  ])
  expect(report).toMatchObject({
    rows: 22,
    new: 8,
    duplicate: { rows: [{ line: 11, reason: 'the same address as on line 2' }] },
  })
  expect(report.cleaned.rows.map(({ line }) => line)).toEqual([9, 21, 23])
  // No row is lost without a word.
  expect(
    report.new + report.changed + report.unchanged + report.kept.count + report.duplicate.count + report.invalid.count,
  ).toBe(report.rows)
  const names = (await store.list({ segment: { kind: 'all' }, limit: 100 })).map(({ name }) => name ?? '')
  expect(names).toContain('Mallory Bcc: victim@example.net')
  // oxlint-disable-next-line no-control-regex
  expect(names.every((name) => !/[\u{0}-\u{1F}\u{7F}-\u{9F}]/u.test(name))).toBe(true)
  // The repetition said that this reader had left.
  expect(await store.findByEmail(address('good@example.com'))).toMatchObject({ name: 'Good', status: 'unsubscribed' })
  expect(await store.findByEmail(address('after@example.com'))).toMatchObject({ name: 'After' })
})

test('a value replaces the stored one, an empty cell or a missing column leaves it, other fields stay', async () => {
  const { store, take } = await openStore()
  await take(`${HEADER}a@example.com,Ann,en,weekly,active,2024-01-02,fair,Acme\n`)
  const report = await take('email,name,language,city\nA@example.com,,fr,Oslo\n')
  expect(report).toMatchObject({ new: 0, changed: 1, unchanged: 0 })
  expect(await store.findByEmail(address('a@example.com'))).toMatchObject({
    email: 'a@example.com',
    name: 'Ann',
    language: 'fr',
    tags: ['weekly'],
    fields: { company: 'Acme', city: 'Oslo' },
    joinedAt: new Date('2024-01-02T00:00:00Z'),
  })
  expect(await take('email,name,language,city\na@example.com,,fr,Oslo\n')).toMatchObject({ changed: 0, unchanged: 1 })
})

test.each(['unsubscribed', 'bounced', 'complained'])('nobody who is %s is subscribed again', async (status) => {
  const { store, take } = await openStore()
  await take(`${HEADER}a@example.com,Ann,,,${status},,,\n`)
  for (const row of ['a@example.com,New,,new,,,,', 'A@EXAMPLE.COM,New,,,active,,,', 'a@example.com,,,,pending,,,']) {
    const report = await take(`${HEADER}${row}\n`)
    expect(report).toMatchObject({
      new: 0,
      changed: 0,
      kept: { count: 1, rows: [{ line: 2, reason: `${status}: left as it is` }] },
    })
  }
  expect(await store.add(address('a@example.com'), { name: 'New' })).toEqual({ kind: 'kept', because: status })
  expect(await store.findByEmail(address('a@example.com'))).toMatchObject({ status, name: 'Ann', tags: [] })
  expect(await store.countAudience({ kind: 'all' })).toBe(0)
})

test('a suppressed address is not taken, and not added', async () => {
  const { store, take } = await openStore()
  await store.suppress(address('Gone@example.com'), 'complained', { source: 'report' })
  const report = await take('email\ngone@example.com\nhere@example.com\n')
  expect(report).toMatchObject({ new: 1, kept: { rows: [{ line: 2, reason: 'suppressed: left as it is' }] } })
  expect(await store.add(address('GONE@example.com'))).toEqual({ kind: 'kept', because: 'suppressed' })
  expect(await store.findByEmail(address('gone@example.com'))).toBeUndefined()
})

test('a status gets stronger, never weaker; pending waits for the reader', async () => {
  const { store, take } = await openStore()
  const statusOf = async () => (await store.findByEmail(address('a@example.com')))?.status
  const steps: [given: string, after: string][] = [
    ['pending', 'pending'],
    ['active', 'pending'],
    ['bounced', 'bounced'],
    ['unsubscribed', 'unsubscribed'],
    ['bounced', 'unsubscribed'],
    ['complained', 'complained'],
    ['unsubscribed', 'complained'],
    ['active', 'complained'],
  ]
  for (const [given, after] of steps) {
    await take(`email,status\na@example.com,${given}\n`)
    expect([given, await statusOf()]).toEqual([given, after])
  }
  const reader = await store.findByEmail(address('a@example.com'))
  const kinds = (await store.listConsents(reader?.key ?? 0)).map(({ kind }) => kind)
  expect(kinds.toSorted()).toEqual(['bounced', 'complained', 'imported', 'unsubscribed'])
  expect(await store.findSuppression(address('a@example.com'))).toMatchObject({ reason: 'bounced' })
})

test('the strongest status of a repeated address counts, wherever it stands', async () => {
  const { store, take } = await openStore()
  const rows = [
    'a@example.com,',
    'A@example.com,complained',
    'a@example.com,unsubscribed',
    'b@example.com,',
    'a@EXAMPLE.com,active',
  ]
  const report = await take(`email,status\n${rows.join('\n')}\n`)
  expect(report).toMatchObject({ rows: 5, new: 2, duplicate: { count: 3 } })
  expect(report.duplicate.rows.map(({ line }) => line)).toEqual([3, 4, 6])
  expect(await store.findByEmail(address('a@example.com'))).toMatchObject({ status: 'complained' })
})

test('a trial finds exactly what the import does, and writes nothing', async () => {
  const { db, exportText, take } = await openStore()
  await take(`${HEADER}a@example.com,Ann,,,,,,\nb@example.com,Bob,,,unsubscribed,,,\n`)
  const before = await exportText()
  const next = `${HEADER}a@example.com,Anna,,,,,,\nb@example.com,,,,active,,,\nc@example.com,Cy,,,bounced,,,\nC@example.com,,,,,,,\nbad,,,,,,,\n`
  const trial = await take(next, { isDryRun: true })
  expect(await exportText()).toBe(before)
  expect(await db.all('SELECT 1 FROM suppressions')).toEqual([])
  const { seconds, ...real } = await take(next)
  expect(seconds).toBeGreaterThanOrEqual(0)
  expect({ ...trial, isDryRun: false }).toMatchObject(real)
  expect(trial).toMatchObject({
    new: 1,
    changed: 1,
    kept: { count: 1 },
    duplicate: { count: 1 },
    invalid: { count: 1 },
    isDryRun: true,
  })
})

test('a stopped import leaves the old list', async () => {
  const { exportText, take } = await openStore()
  await take('email\na@example.com\n')
  const before = await exportText()
  const stop = new AbortController()
  const pieces = Array.from({ length: 50 }, (_, index) =>
    Buffer.from(`${index === 0 ? 'email\n' : ''}r${index}@example.com\n`),
  )
  const report = await take(pieces, { signal: stop.signal, onProgress: ({ rows }) => rows > 10 && stop.abort() })
  expect(report).toMatchObject({ isAborted: true, new: 0, changed: 0, unchanged: 0 })
  expect(await exportText()).toBe(before)
})

test('an input that breaks in the middle leaves the old list', async () => {
  const { exportText, store, take } = await openStore()
  await take('email\na@example.com\n')
  const before = await exportText()
  async function* broken() {
    yield* stream([Buffer.from('email\nb@example.com\n')])
    throw new Error('the disk went away')
  }
  await expect(store.importCsv({ input: broken(), fileName: 'x', isDryRun: false })).rejects.toThrow(
    'the disk went away',
  )
  expect(await exportText()).toBe(before)
  expect(await take('email\nb@example.com\n')).toMatchObject({ new: 1 })
})

test.each([
  [
    'a missing column, with those found',
    'name;E-Mail;plan\nA;a@example.com;x\n',
    'subscriber/missing-column',
    /names: name, E-Mail, plan\./,
  ],
  [
    'no header, keeping addresses out',
    'ada@example.com,Ada\n',
    'subscriber/missing-column',
    /names: \(an address\), Ada\./,
  ],
  ['an empty file', '', 'subscriber/invalid-csv', /it is empty/],
  ['a file of blank lines', '\n\n , \n', 'subscriber/invalid-csv', /it is empty/],
  [
    'a column twice',
    'email,name,Name\na@example.com,a,b\n',
    'subscriber/ambiguous-columns',
    /"name" and "Name" \(name\)/,
  ],
  ['two columns that become one field', 'email,First name,first_name\n', 'subscriber/ambiguous-columns', /first_name/],
  ['a spreadsheet', 'PK\u{3}\u{4}rubbish', 'subscriber/invalid-csv', /spreadsheet/],
  ['zero bytes', 'e\0m\0a\0i\0l\0\n\0', 'subscriber/invalid-csv', /zero bytes/],
])('refuses %s', async (_, text, code, message) => {
  const { take } = await openStore()
  await expect(take(text)).rejects.toMatchObject({
    code,
    kind: 'usage',
    message: expect.stringMatching(message) as string,
  })
})

test('says what becomes of each column', async () => {
  const { store, take } = await openStore()
  const report = await take('Email,Company Name,会社,,2nd,Prénom\na@example.com,Acme,x,y,z,Zoé\n')
  expect(report.remarks).toEqual([
    'Column "Company Name" becomes fields.company_name.',
    expect.stringMatching(/^Column "会社" is left out/) as string,
    'Column 4 has no name and is left out.',
    expect.stringMatching(/^Column "2nd" is left out/) as string,
    'Column "Prénom" becomes fields.prenom.',
  ])
  expect((await store.findByEmail(address('a@example.com')))?.fields).toEqual({ company_name: 'Acme', prenom: 'Zoé' })
})

test('a cell of a million characters costs its own row', async () => {
  const { take } = await openStore()
  const long = 'x'.repeat(1_000_000)
  const report = await take(`email,name\na@example.com,${long}\nb@example.com,"${long}\n${long}"\nc@example.com,Cy\n`)
  expect(report).toMatchObject({ new: 1, invalid: { rows: [{ line: 2 }, { line: 3 }] } })
  expect(report.invalid.rows[0]?.reason).toBe('cell 2 has 1000000 characters; at most 10000 are taken')
})

test('a disk that fills up in the middle of an import leaves the old list, and the next try takes all', async () => {
  const root = makeFolder()
  const { db, exportText, take } = await openStore('sqlite:list.db', root)
  await take('email\na@example.com\n')
  const before = await exportText()
  const { page_count: pages } = (await db.get<{ page_count: number }>('PRAGMA page_count')) ?? { page_count: 0 }
  await db.get(`PRAGMA max_page_count = ${pages + 10}`)
  const list = `email\n${Array.from({ length: 5000 }, (_, index) => `r${index}@example.com\n`).join('')}`
  await expect(take(list)).rejects.toMatchObject({ code: 'db/disk-full', kind: 'environment' })
  expect(await exportText()).toBe(before)
  await db.get('PRAGMA max_page_count = 1000000')
  expect(await take(list)).toMatchObject({ new: 5000 })
})

test('the fixture of bad rows is small enough to read', () => {
  expect(
    readFileSync(join(repository, 'test/fixtures/subscriber/bad-rows.csv'), 'utf8').split('\n').length,
  ).toBeLessThan(40)
})
