import { expect, onTestFinished, test } from 'vitest'
import { type Database, isUniqueViolation, openDatabase, phrasesOf, type SqlValue } from '../../src/db/index.ts'
import { migrate } from '../../src/db/migrate.ts'
import { createSession } from '../../src/db/queries.ts'
import { openSqlite } from '../../src/db/sqlite.ts'

async function open(): Promise<Database> {
  const db = await openDatabase({ url: 'sqlite::memory:', root: '/' })
  onTestFinished(async () => await db.close())
  await db.run('CREATE TABLE things (id INTEGER PRIMARY KEY, value ANY, label TEXT) STRICT')
  return db
}

test.each<[SqlValue, unknown]>([
  [null, null],
  ['text', 'text'],
  ['', ''],
  [7, 7],
  [-0.5, -0.5],
  [2 ** 40, 2 ** 40],
  [12n, 12],
  [true, 1],
  [false, 0],
  [new Date('2026-08-21T06:00:00Z'), 1_787_292_000_000],
  [new Uint8Array([1, 2]), new Uint8Array([1, 2])],
])('stores %o as %o', async (value, stored) => {
  const db = await open()
  await db.run('INSERT INTO things (value) VALUES (?)', [value])
  expect((await db.get<{ value: unknown }>('SELECT value FROM things'))?.value).toEqual(stored)
})

test.each([undefined, {}, [], Number.NaN, Number.POSITIVE_INFINITY, new Date('no'), Symbol('x'), () => 1])(
  'refuses %o, in first place too, where node:sqlite would shift the others',
  async (value) => {
    const db = await open()
    const values = [value as SqlValue, 1]
    await expect(db.run('INSERT INTO things (value, id) VALUES (?, ?)', values)).rejects.toThrow(TypeError)
    await expect(db.runEach('INSERT INTO things (value, id) VALUES (?, ?)', [values])).rejects.toThrow(TypeError)
    expect(await db.all('SELECT * FROM things')).toEqual([])
  },
)

test('a whole number stays whole beside text', async () => {
  const db = await open()
  expect(await db.get("SELECT '#' || ? AS text", [1])).toMatchObject({ text: '#1' })
})

test('a column keeps its type', async () => {
  const db = await open()
  await expect(db.run('INSERT INTO things (label) VALUES (?)', [new Uint8Array([1])])).rejects.toMatchObject({
    code: 'db/failed',
  })
})

test('runEach writes all rows or none', async () => {
  const db = await open()
  const insert = 'INSERT INTO things (id, label) VALUES (?, ?)'
  expect(
    await db.runEach(insert, [
      [1, 'a'],
      [2, 'b'],
    ]),
  ).toBe(2)
  const again = await db
    .runEach(insert, [
      [3, 'c'],
      [1, 'd'],
    ])
    .catch((error: unknown) => error)
  expect(isUniqueViolation(again)).toBe(true)
  expect(await db.all('SELECT id FROM things')).toMatchObject([{ id: 1 }, { id: 2 }])
})

test('a transaction is whole or taken back, and gives its result', async () => {
  const db = await open()
  const result = await db.transaction(async (tx) => {
    await tx.run("INSERT INTO things (label) VALUES ('kept')")
    return 'done'
  })
  expect(result).toBe('done')
  const failed = db.transaction(async (tx) => {
    await tx.runEach('INSERT INTO things (label) VALUES (?)', [['lost'], ['lost']])
    throw new Error('changed my mind')
  })
  await expect(failed).rejects.toThrow('changed my mind')
  expect(await db.all('SELECT label FROM things')).toMatchObject([{ label: 'kept' }])
})

test('what runs beside a transaction waits, and does not become part of it', async () => {
  const db = await open()
  const failed = db.transaction(async (tx) => {
    await tx.run("INSERT INTO things (label) VALUES ('inside')")
    await new Promise((resolve) => setTimeout(resolve, 30))
    throw new Error('taken back')
  })
  const outside = db.run("INSERT INTO things (label) VALUES ('outside')")
  await expect(failed).rejects.toThrow('taken back')
  await outside
  expect(await db.all('SELECT label FROM things')).toMatchObject([{ label: 'outside' }])
})

test('the database refuses to be used inside its own transaction, which would wait for itself', async () => {
  const db = await open()
  const inside = db.transaction(async () => await db.run("INSERT INTO things (label) VALUES ('x')"))
  await expect(inside).rejects.toThrow(/inside a transaction/)
  await expect(db.transaction(async () => await db.transaction(async () => await Promise.resolve()))).rejects.toThrow(
    /inside a transaction/,
  )
  expect(await db.run("INSERT INTO things (label) VALUES ('y')")).toBe(1)
})

test('a session keeps its temporary tables, and nobody else sees them', async () => {
  const db = await open()
  await db.session(async (session) => {
    await session.run('CREATE TEMP TABLE staged (label TEXT) STRICT')
    await session.runEach('INSERT INTO staged VALUES (?)', [['a'], ['b']])
    await session.transaction(async (tx) => await tx.run('INSERT INTO things (label) SELECT label FROM staged'))
    await session.run('DROP TABLE staged')
  })
  expect(await db.all('SELECT label FROM things')).toHaveLength(2)
})

interface Tables {
  things: { id: number; value: number | null; label: string }
}

test('the query builder runs over the same connection, inside and outside a transaction', async () => {
  const db = await open()
  const kysely = await db.kysely<Tables>()
  await kysely.insertInto('things').values({ id: 5, value: 1, label: 'five' }).execute()
  await db.transaction(async (tx) => {
    const inside = await tx.kysely<Tables>()
    const result = await inside.updateTable('things').set({ value: 2 }).where('id', '=', 5).executeTakeFirst()
    expect(result.numUpdatedRows).toBe(1n)
  })
  const row = await kysely.selectFrom('things').selectAll().where('label', 'like', 'f%').executeTakeFirst()
  expect(row).toMatchObject({ id: 5, value: 2, label: 'five' })
  const returned = await kysely.deleteFrom('things').where('id', '=', 5).returning('label').execute()
  expect(returned).toMatchObject([{ label: 'five' }])
  await expect(kysely.transaction().execute(async () => await Promise.resolve())).rejects.toThrow(/transaction\(\)/)
})

test('a failed step leaves the schema as it was, and is named', async () => {
  const connection = await openSqlite(':memory:', 0)
  onTestFinished(() => connection.close())
  const session = createSession(connection)
  const good = { number: 1, name: 'good', up: () => ['CREATE TABLE good (id INTEGER) STRICT'] }
  const bad = { number: 2, name: 'bad', up: () => ['CREATE TABLE half (id INTEGER) STRICT', 'CREATE nonsense'] }
  await expect(migrate(session, [good, bad], 'the store')).rejects.toMatchObject({
    code: 'db/migration-failed',
    message: expect.stringContaining('0002-bad') as string,
  })
  expect(await session.all("SELECT name FROM sqlite_schema WHERE name = 'half'")).toEqual([])
  expect(await session.all('SELECT version, name FROM schema_version')).toMatchObject([{ version: 1, name: 'good' }])
})

test('every step has the number of its place', async () => {
  const { MIGRATIONS } = await import('../../src/db/migrations/index.ts')
  expect(MIGRATIONS.map(({ number }) => number)).toEqual(MIGRATIONS.map((_, index) => index + 1))
})

test('the phrases of SQLite do what they say', async () => {
  const db = await open()
  const { contains, hex, isDistinct, mergeJson, randomHex } = phrasesOf('sqlite')
  const row = await db.get(
    `SELECT ${contains("';a;b;'", "';b;'")} AS has, ${contains("';ab;'", "';b;'")} AS hasNot, ${hex('255', 4)} AS hex,
     ${isDistinct('NULL', 'NULL')} AS same, ${mergeJson('\'{"a":"1"}\'', '\'{"b":"2"}\'')} AS json, length(${randomHex}) AS length`,
  )
  expect(row).toMatchObject({ has: 1, hasNot: 0, hex: '00ff', same: 0, json: '{"a":"1","b":"2"}', length: 8 })
})
