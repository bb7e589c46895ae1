/**
 * What the ledger costs without mail: `node scripts/run.js bench/ledger.ts [--rows 1000000]`. A store on the disk with
 * `synchronous=FULL`, opened as `send` opens it; rows are taken and written by the send loop's own queue and journal,
 * lock and counters with them.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { App } from '../src/app.ts'
import type { Database } from '../src/db/index.ts'
import { holdRun, letGo } from '../src/delivery/index.ts'
import { type Journal, openJournal } from '../src/delivery/journal.ts'
import { openQueue } from '../src/delivery/queue.ts'
import { accept, type Claim, hand, type Transition } from '../src/delivery/transitions.ts'
import { addReaders, freezeRun, ISSUE_ID, makeContent, openNewsletter, writeIssue } from './sending/newsletter.ts'
import { numberOption } from './sending/programs.ts'
import { describeMachine, describeRuntime, median, printTable, ratio, whole } from './sending/table.ts'

const ROWS = numberOption('rows', 1_000_000)
/** Rows of one measurement; the rest is only written for the size. */
const MEASURED = Math.min(Math.floor(ROWS / 4), 200_000)
const BATCH = 500
const GROUP = 20
const STARTS = 5

const folder = mkdtempSync(join(tmpdir(), 'letterpress-bench-'))
try {
  console.log(`${describeMachine()}; ${describeRuntime()}; ${whole(ROWS)} readers`)
  printTable(['', 'measured', 'CPU µs a row', 'goal for a million'], await measure())
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function measure(): Promise<string[][]> {
  const app = await openNewsletter(folder, 25, 1)
  const db = await app.openStore()
  await addReaders(db, ROWS)
  const bytesBefore = await readSize(db)
  const content = await makeContent(app, 1)
  const freezing = await time(async () => void (await freezeRun(app, db, content)))
  const bytesFrozen = await readSize(db)
  const writer = await openWriter(app, db)
  const handing = await writer.handOn(MEASURED)
  const accepting = await writer.acceptAll()
  const grouped = await writer.goInGroups(MEASURED)
  await writer.handOn(ROWS)
  await writer.acceptAll()
  await writer.close()
  const bytesAfter = await readSize(db)
  await db.close()
  const asking = median(Array.from({ length: STARTS }, askStatus))
  const cycle = { seconds: handing.seconds + accepting.seconds, cpuUs: handing.cpuUs + accepting.cpuUs }
  const megabytes = (bytes: number) => ratio((bytes / 1e6) * (1e6 / ROWS))
  return [
    ['freeze, seconds', ratio(freezing.seconds), perRow(freezing, ROWS), '1'],
    [
      `take, mark handed and mark accepted, ${BATCH} a commit, rows/s`,
      whole(MEASURED / cycle.seconds),
      perRow(cycle, MEASURED),
      '150,000',
    ],
    ['of it: take and mark handed, rows/s', whole(MEASURED / handing.seconds), perRow(handing, MEASURED), '–'],
    [`of it: mark accepted, rows/s`, whole(MEASURED / accepting.seconds), perRow(accepting, MEASURED), '–'],
    [
      `handed and accepted, ${GROUP} of each a commit, rows/s`,
      whole(MEASURED / grouped.seconds),
      perRow(grouped, MEASURED),
      '–',
    ],
    ['frozen, MB a million rows', megabytes(bytesFrozen - bytesBefore), '–', '–'],
    ['all accepted, MB a million rows', megabytes(bytesAfter - bytesBefore), '–', '60'],
    ['`letterpress status` as a process, ms', whole(asking), '–', '200'],
  ]
}

interface Time {
  readonly seconds: number
  /** Processor time of this process. */
  readonly cpuUs: number
}

async function time(work: () => Promise<void>): Promise<Time> {
  const cpu = process.cpuUsage()
  const startedMs = performance.now()
  await work()
  const { user, system } = process.cpuUsage(cpu)
  return { seconds: (performance.now() - startedMs) / 1000, cpuUs: user + system }
}

function perRow({ cpuUs }: Time, rows: number): string {
  return (cpuUs / rows).toFixed(1)
}

async function openWriter(app: App, db: Database) {
  const { clock } = app
  const held = await holdRun(db, clock, ISSUE_ID)
  const queue = openQueue(db, held.run.key, clock)
  const journal = openJournal({
    db,
    clock,
    runKey: held.run.key,
    token: held.token,
    counts: held.run.counts,
    also: async () => await Promise.reject(new TypeError('nothing fails here')),
    onState: () => undefined,
    onCommit: () => undefined,
    onFailure: (error) => {
      throw error
    },
  })
  const handed: Claim[] = []
  const take = async (most: number): Promise<Claim[]> => {
    const claims: Claim[] = []
    while (claims.length < most) {
      const claim = await queue.take()
      if (!claim) break
      claims.push(claim)
    }
    return claims
  }
  const acceptSome = (claims: readonly Claim[]) => {
    for (const claim of claims) queue.finish(claim)
    return claims.map((claim) => accept(claim, { kind: 'accepted', code: 250, enhancedCode: '2.0.0', text: 'Ok' }))
  }
  return {
    /** Seconds to take and mark so many. */
    handOn: async (most: number) =>
      await time(async () => {
        for (let count = 0; count < most; ) {
          const claims = await take(Math.min(BATCH, most - count))
          if (claims.length === 0) return
          await write(
            journal,
            claims.map((claim) => hand(claim, clock.now())),
          )
          handed.push(...claims)
          count += claims.length
        }
      }),
    acceptAll: async () =>
      await time(async () => {
        while (handed.length > 0) await write(journal, acceptSome(handed.splice(-BATCH)))
      }),
    /** As the send loop does with many connections: what is handed goes with what was accepted since. */
    goInGroups: async (most: number) =>
      await time(async () => {
        let before: Claim[] = []
        for (let count = 0; count < most; count += GROUP) {
          const claims = await take(GROUP)
          await write(journal, [...acceptSome(before), ...claims.map((claim) => hand(claim, clock.now()))])
          before = claims
        }
        handed.push(...before)
      }),
    close: async () => {
      const { state } = await letGo(db, clock, held)
      if (state !== 'finished') throw new Error(`the run is ${state}`)
    },
  }
}

async function write(journal: Journal, transitions: readonly Transition[]): Promise<void> {
  await Promise.all([...transitions.map(async (transition) => await journal.write(transition)), journal.flush()])
}

/** Bytes of the file with everything in it. */
async function readSize(db: Database): Promise<number> {
  await db.get('PRAGMA wal_checkpoint(TRUNCATE)')
  return statSync(db.place).size
}

/** @returns milliseconds of a whole process. */
function askStatus(): number {
  mkdirSync(join(folder, 'issues'), { recursive: true })
  writeFileSync(join(folder, 'issues', `${ISSUE_ID}.md`), writeIssue(1))
  const cli = fileURLToPath(new URL('../bin/letterpress.js', import.meta.url))
  const startedMs = performance.now()
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, '--root', folder, '--json', 'status', ISSUE_ID],
    { encoding: 'utf8', env: { ...process.env, NODE_NO_WARNINGS: '1' } },
  )
  const ms = performance.now() - startedMs
  const { accepted } = JSON.parse(stdout) as { accepted: number }
  if (status !== 0 || accepted !== ROWS) throw new Error(`status: ${accepted} accepted, ${stderr}`)
  return ms
}
