/**
 * Taking in a list of a million readers, beside what SQLite itself needs for it: `node scripts/run.js bench/import.ts`.
 * Each is a process of its own; the rounds alternate, so that a busy moment of the machine hits all alike.
 *
 * `bare` writes the same rows, parsed beforehand, through node:sqlite into one table with a unique address: the least
 * that any import could cost here. `sqlite3` is the shell's own `.import` into such a table, when it is installed.
 */
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const ROWS = Number(process.env['ROWS'] ?? 1_000_000)
const ROUNDS = Number(process.env['ROUNDS'] ?? 3)
const source = (path: string) => JSON.stringify(fileURLToPath(new URL(`../src/${path}`, import.meta.url)))

const folder = mkdtempSync(join(tmpdir(), 'letterpress-bench-'))
const csv = join(folder, 'list.csv')
const database = join(folder, 'list.db')

/** One way to take the list in. */
interface Case {
  readonly name: string
  readonly command: readonly string[]
  /** Keeps what the case before left. */
  readonly isSecond?: boolean
}

interface Result {
  readonly seconds: number
  /** Peak of the process; unknown for other programs. */
  readonly peakMb: number | undefined
}

const OURS = `
  import { createReadStream } from 'node:fs'
  import { openDatabase } from ${source('db/index.ts')}
  import { createSubscriberStore } from ${source('subscriber/index.ts')}
  const [csv, database] = process.argv.slice(-2)
  const db = await openDatabase({ url: 'sqlite:' + database, root: '/' })
  const store = createSubscriberStore(db, { now: () => new Date() })
  const startedMs = performance.now()
  const report = await store.importCsv({ input: createReadStream(csv), fileName: 'list.csv', isDryRun: false })
  const seconds = (performance.now() - startedMs) / 1000
  if (report.rows !== ${ROWS} || report.new + report.unchanged !== ${ROWS}) throw new Error(JSON.stringify(report))
  await db.close()
  console.log(JSON.stringify({ seconds, peakMb: process.resourceUsage().maxRSS / 1024 }))`

const BARE = `
  import { DatabaseSync } from 'node:sqlite'
  import { readFileSync } from 'node:fs'
  const [csv, database] = process.argv.slice(-2)
  const rows = readFileSync(csv, 'utf8').split('\\n').slice(1, -1).map((line) => [line.slice(0, line.indexOf(',')), line])
  const db = new DatabaseSync(database)
  db.exec('PRAGMA journal_mode=wal; PRAGMA synchronous=full; PRAGMA cache_size=-16000')
  db.exec('CREATE TABLE list (key INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, line TEXT NOT NULL) STRICT')
  const startedMs = performance.now()
  db.exec('CREATE TEMP TABLE stage (email TEXT, line TEXT); BEGIN')
  const insert = db.prepare('INSERT INTO stage VALUES (?, ?)')
  for (const [email, line] of rows) insert.run(email, line)
  db.exec('COMMIT; INSERT INTO list (email, line) SELECT email, line FROM stage WHERE true ORDER BY email ON CONFLICT DO NOTHING')
  const seconds = (performance.now() - startedMs) / 1000
  console.log(JSON.stringify({ seconds, peakMb: process.resourceUsage().maxRSS / 1024 }))`

const SHELL = [
  'PRAGMA journal_mode=wal; PRAGMA synchronous=full;',
  'CREATE TABLE list (email TEXT PRIMARY KEY, name TEXT, language TEXT, tags TEXT, status TEXT, joined TEXT, company TEXT);',
  `.import --csv --skip 1 ${csv} list`,
].join('\n')

const node = (code: string) => [process.execPath, '--input-type=module', '-e', code, csv, database]
const hasShell = spawnSync('sqlite3', ['--version']).status === 0
const CASES: readonly Case[] = [
  { name: 'bare', command: node(BARE) },
  ...(hasShell ? [{ name: 'sqlite3 .import', command: ['sqlite3', database] }] : []),
  { name: 'subscribers import', command: node(OURS) },
  { name: 'the same list again', command: node(OURS), isSecond: true },
]

try {
  writeList()
  const results = new Map(CASES.map(({ name }) => [name, [] as Result[]]))
  for (let round = 0; round < ROUNDS; round++) for (const entry of CASES) results.get(entry.name)?.push(measure(entry))
  print(results)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function writeList(): void {
  const file = openSync(csv, 'w')
  writeSync(file, 'email,name,language,tags,status,joined,company\n')
  const companies = ['Tbilisi Press', 'São Paulo Labs', 'Kraków Works', '"Washington, DC Co"', 'Oslo AS']
  const languages = ['en', 'pt-BR', 'pl', 'de', 'nb']
  for (let from = 0; from < ROWS; from += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, ROWS - from) }, (_, offset) => {
      const index = from + offset
      const scattered = (Math.imul(index, 2_654_435_761) >>> 0).toString(36)
      const name = index % 9 === 0 ? `"O'Neil, ""Al"" ${index}"` : `Person ${index}`
      const day = `2025-0${1 + (index % 9)}-1${index % 9}`
      return `${scattered}.user${index}@mail${index % 997}.example.com,${name},${languages[index % 5] ?? ''},${index % 3 ? 'weekly' : 'weekly;beta'},${index % 50 ? 'active' : 'unsubscribed'},${day},${companies[index % 5] ?? ''}\n`
    })
    writeSync(file, lines.join(''))
  }
  closeSync(file)
}

function measure({ name, command, isSecond }: Case): Result {
  if (!isSecond) for (const end of ['', '-wal', '-shm']) rmSync(database + end, { force: true })
  const [program = '', ...args] = command
  const startedMs = performance.now()
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    cwd: fileURLToPath(pathToFileURL(folder)),
    ...(program === 'sqlite3' ? { input: SHELL } : {}),
  })
  if (status !== 0) throw new Error(`${name}: ${stderr}`)
  if (program === 'sqlite3') return { seconds: (performance.now() - startedMs) / 1000, peakMb: undefined }
  return JSON.parse(stdout) as Result
}

function print(results: ReadonlyMap<string, readonly Result[]>): void {
  const model = cpus()[0]?.model.trim() ?? 'unknown'
  const megabytes = Math.round(statSync(csv).size / 1e6)
  console.log(
    `Node ${process.versions.node}, ${cpus().length} CPUs (${model}), ${ROWS} rows (${megabytes} MB), median of ${ROUNDS}\n`,
  )
  const rate = (name: string) => ROWS / median((results.get(name) ?? []).map(({ seconds }) => seconds))
  console.log('| case | rows/s | of bare | of sqlite3 | peak MB |\n|---|---|---|---|---|')
  for (const [name, list] of results) {
    const peak = Math.max(...list.map(({ peakMb }) => peakMb ?? 0))
    const share = (of: string) => (results.has(of) ? (rate(name) / rate(of)).toFixed(2) : '–')
    console.log(
      `| ${name} | ${Math.round(rate(name))} | ${share('bare')} | ${share('sqlite3 .import')} | ${peak > 0 ? Math.round(peak) : '–'} |`,
    )
  }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}
