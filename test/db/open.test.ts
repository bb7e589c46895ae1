import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { type Database, openDatabase } from '../../src/db/index.ts'
import { makeFolder } from '../helpers/folder.ts'
import { repository } from '../helpers/newsletter.ts'

async function open(root: string, url = 'sqlite:data/letterpress.db', lockWaitMs = 15_000): Promise<Database> {
  const db = await openDatabase({ url, root, lockWaitMs })
  onTestFinished(async () => await db.close().catch(() => undefined))
  return db
}

test('makes folder and file, for their owner alone', async () => {
  const root = makeFolder()
  const db = await open(root)
  expect(db.place).toBe(join(root, 'data/letterpress.db'))
  expect(statSync(db.place).mode & 0o777).toBe(0o600)
  expect(statSync(join(root, 'data')).mode & 0o777).toBe(0o700)
})

test('writes ahead, to the disk at every commit, with foreign keys enforced', async () => {
  const db = await open(makeFolder())
  expect(await db.get('PRAGMA journal_mode')).toMatchObject({ journal_mode: 'wal' })
  expect(await db.get('PRAGMA synchronous')).toMatchObject({ synchronous: 2 })
  expect(await db.get('PRAGMA foreign_keys')).toMatchObject({ foreign_keys: 1 })
})

test('opens an existing store without writing to it', async () => {
  const root = makeFolder()
  await (await open(root)).close()
  const before = readFileSync(join(root, 'data/letterpress.db'))
  await (await open(root)).close()
  expect(readFileSync(join(root, 'data/letterpress.db')).equals(before)).toBe(true)
})

test('every table is strict', async () => {
  const db = await open(makeFolder())
  const loose = await db.all("SELECT name FROM pragma_table_list WHERE strict = 0 AND name NOT LIKE 'sqlite_%'")
  expect(loose).toEqual([])
})

test('two processes that open a new store at once both get the whole schema', async () => {
  const root = makeFolder()
  const databases = await Promise.all(Array.from({ length: 5 }, async () => await open(root)))
  const versions = await Promise.all(databases.map(async (db) => await db.all('SELECT version FROM schema_version')))
  expect(new Set(versions.map((rows) => rows.length)).size).toBe(1)
})

test.each([
  ['mysql://localhost/x', 'db/unknown-scheme'],
  ['data/letterpress.db', 'db/unknown-scheme'],
  ['sqlite:', 'db/unknown-scheme'],
  ['postgres://ada:secret@db.example.com/x', 'db/postgres-not-yet'],
  ['postgresql://db.example.com/x', 'db/postgres-not-yet'],
])('refuses %s as wrong usage, without its password', async (url, code) => {
  const error = await openDatabase({ url, root: makeFolder() }).catch((caught: unknown) => caught)
  expect(error).toMatchObject({ code, kind: 'usage' })
  expect((error as Error).message).not.toContain('secret')
})

test.each(['sqlite:elsewhere/my list.db', 'sqlite:./elsewhere/my list.db', 'SQLITE:elsewhere/my list.db'])(
  'takes the path of %s as it stands',
  async (url) => {
    const root = makeFolder()
    expect((await open(root, url)).place).toBe(join(root, 'elsewhere/my list.db'))
  },
)

test('takes an absolute path with and without slashes before it', async () => {
  const root = makeFolder()
  expect((await open('/', `sqlite:${root}/a.db`)).place).toBe(join(root, 'a.db'))
  expect((await open('/', `sqlite://${root}/a.db`)).place).toBe(join(root, 'a.db'))
})

test('a file that is no database is left as it is', async () => {
  const root = makeFolder({
    'data/letterpress.db': 'this is a text, not a database, and long enough to be read as one',
  })
  await expect(open(root)).rejects.toMatchObject({ code: 'db/not-a-database', kind: 'environment' })
  expect(readFileSync(join(root, 'data/letterpress.db'), 'utf8')).toMatch(/^this is a text/)
})

test('a store of a newer tool is refused in words and left as it is', async () => {
  const root = makeFolder()
  await (await open(root)).close()
  const raw = new DatabaseSync(join(root, 'data/letterpress.db'))
  raw.exec("INSERT INTO schema_version (version, name) VALUES (99, 'from the future')")
  raw.close()
  await expect(open(root)).rejects.toMatchObject({
    code: 'db/newer-schema',
    kind: 'environment',
    message: expect.stringContaining('schema 99') as string,
    hint: expect.stringContaining('Update Letterpress') as string,
  })
})

test('a folder in the place of the file is told of', async () => {
  const root = makeFolder()
  mkdirSync(join(root, 'data/letterpress.db'), { recursive: true })
  await expect(open(root)).rejects.toMatchObject({ code: 'db/cannot-open', kind: 'environment' })
})

test('a file in the place of the folder is told of', async () => {
  const root = makeFolder({ data: 'a file' })
  await expect(open(root)).rejects.toMatchObject({ code: 'db/cannot-open', kind: 'environment' })
})

// Nothing is read-only to root, so the opening runs as somebody else.
test('a store that may only be read is told of', async () => {
  const root = makeFolder()
  await (await open(root)).close()
  const file = join(root, 'data/letterpress.db')
  chmodSync(root, 0o755)
  chmodSync(join(root, 'data'), 0o555)
  chmodSync(file, 0o444)
  const script = join(root, 'open.mjs')
  writeFileSync(
    script,
    `import { openDatabase } from ${JSON.stringify(join(repository, 'src/db/index.ts'))}
     try { const db = await openDatabase({ url: 'sqlite:' + ${JSON.stringify(file)}, root: '/' }); await db.run("DELETE FROM suppressions"); console.log('written') }
     catch (error) { console.log(error.code) }`,
  )
  const isRoot = process.getuid?.() === 0
  const child = spawn(process.execPath, [script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(isRoot ? { uid: 65_534 } : {}),
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said += chunk))
  await new Promise((resolve) => child.once('close', resolve))
  chmodSync(join(root, 'data'), 0o755)
  expect(said.trim()).toMatch(/^db\/(?:read-only|cannot-open)$/)
})

test('a full disk takes the step back whole and says so', async () => {
  const root = makeFolder()
  const db = await open(root)
  await db.run("INSERT INTO suppressions VALUES ('before@example.com', 'author', 1, NULL)")
  const { page_count: pages } = (await db.get<{ page_count: number }>('PRAGMA page_count')) ?? { page_count: 0 }
  // The nearest to a full disk that needs no mount: SQLite's own limit gives the same code.
  await db.get(`PRAGMA max_page_count = ${pages + 2}`)
  const rows = Array.from({ length: 5000 }, (_, index) => [`reader-${index}@example.com`])
  const failed = db.runEach("INSERT INTO suppressions VALUES (?, 'author', 1, NULL)", rows)
  await expect(failed).rejects.toMatchObject({ code: 'db/disk-full', kind: 'environment' })
  expect(await db.all('SELECT email_key FROM suppressions')).toMatchObject([{ email_key: 'before@example.com' }])
  await db.get('PRAGMA max_page_count = 1000000')
  expect(await db.run("INSERT INTO suppressions VALUES ('after@example.com', 'author', 1, NULL)")).toBe(1)
})

test('waits for another writer without blocking the process', async () => {
  const root = makeFolder()
  const db = await open(root)
  const other = new DatabaseSync(db.place)
  other.exec('BEGIN IMMEDIATE')
  let ticks = 0
  const timer = setInterval(() => {
    if (++ticks === 6) other.exec('COMMIT')
  }, 5)
  await db.run("INSERT INTO suppressions VALUES ('a@example.com', 'author', 1, NULL)")
  clearInterval(timer)
  other.close()
  expect(ticks).toBeGreaterThanOrEqual(6)
})

test('gives up on a lock in words, changing nothing', async () => {
  const root = makeFolder()
  const db = await open(root, undefined, 60)
  const other = new DatabaseSync(db.place)
  other.exec('BEGIN IMMEDIATE')
  const refused = { code: 'db/locked', kind: 'environment' }
  await expect(db.run("INSERT INTO suppressions VALUES ('a@example.com', 'author', 1, NULL)")).rejects.toMatchObject(
    refused,
  )
  await expect(db.transaction(async () => await Promise.resolve())).rejects.toMatchObject(refused)
  other.exec('ROLLBACK')
  other.close()
  expect(await db.all('SELECT 1 FROM suppressions')).toEqual([])
  expect(existsSync(db.place)).toBe(true)
})
