import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { AppError } from '../../src/base/index.ts'
import type { Database } from '../../src/db/index.ts'
import { makeFolder } from '../helpers/folder.ts'
import { startScript } from '../helpers/smtp-script.ts'
import { openTransport, sendAgain, sendTo } from './loop.ts'
import { openStore } from './make.ts'

const [handed, accepted, unknown] = [1, 2, 5]
const CONNECTIONS = 4

/** How a store breaks in the middle of a send, and how it is mended. */
type Break = (db: Database) => Promise<() => Promise<unknown>>

const BREAKS: readonly (readonly [what: string, code: string, Break])[] = [
  [
    'refuses to write',
    'db/failed',
    async (db) => {
      await db.run("CREATE TRIGGER full BEFORE UPDATE ON deliveries BEGIN SELECT raise(ABORT, 'full'); END")
      return async () => await db.run('DROP TRIGGER full')
    },
  ],
  [
    'is locked by another process',
    'db/locked',
    async ({ place }) => {
      const other = new DatabaseSync(place, { timeout: 5000 })
      onTestFinished(() => other.close())
      other.exec('BEGIN IMMEDIATE')
      return async () => await Promise.resolve(other.exec('ROLLBACK'))
    },
  ],
  [
    'finds the disk full',
    'db/disk-full',
    async (db) => {
      const pages = await db.get<{ page_count: number }>('PRAGMA page_count')
      await db.all(`PRAGMA max_page_count = ${pages?.page_count ?? 0}`)
      return async () => await db.all('PRAGMA max_page_count = 1000000')
    },
  ],
]

test.for(BREAKS)(
  'a store that %s ends the run at once, and nobody is mailed twice by the next',
  async ([, code, breakStore]) => {
    // Refusals make the ledger grow, so that a full disk shows.
    const server = await startScript({ rcpt: ['250 ok', '250 ok', `451 ${'later '.repeat(150)}`] })
    const db = await openStore()
    let mend: Promise<() => Promise<unknown>> | undefined
    const { result } = await sendTo(server.port, 400, {
      db,
      transport: openTransport(server.port, CONNECTIONS),
      onEvent: (event) => {
        if (event.kind === 'progress' && event.counts.accepted + event.counts.deferred >= 10) mend ??= breakStore(db)
      },
    })
    expect(result.end).toMatchObject({ kind: 'failed', error: { code } })
    const before = server.messages.length
    await (await mend)?.()
    const { states } = await sendAgain(server.port, db, '2026-w34')
    expect(states.filter((state) => state === handed)).toEqual([])
    const inDoubt = states.filter((state) => state === unknown).length
    expect(inDoubt).toBeLessThanOrEqual(CONNECTIONS)
    expect(states.filter((state) => state === accepted).length + inDoubt).toBeGreaterThanOrEqual(before)
    const receivers = server.messages.map((message) => /^To: .*<(.*)>/m.exec(String(message))?.[1])
    expect(new Set(receivers).size).toBe(receivers.length)
  },
)

test('a store that is locked when the run is to stop keeps it no longer than promised', async () => {
  const server = await startScript({})
  const db = await openStore(makeFolder(), 4000)
  const other = new DatabaseSync(db.place, { timeout: 5000 })
  onTestFinished(() => other.close())
  const controller = new AbortController()
  let stoppedMs = 0
  const { result, endedMs, run } = await sendTo(server.port, 400, {
    db,
    signal: controller.signal,
    drainMs: 200,
    onEvent: (event) => {
      if (event.kind !== 'progress' || event.counts.accepted < 10 || stoppedMs > 0) return
      stoppedMs = performance.now()
      other.exec('BEGIN IMMEDIATE')
      setTimeout(() => other.exec('ROLLBACK'), 2500)
      controller.abort()
    },
  })
  expect(result).toMatchObject({ end: { kind: 'interrupted' }, isStuck: true })
  expect(endedMs - stoppedMs).toBeLessThan(2300)
  const again = await sendAgain(server.port, db, run.issueId)
  expect(again.states.every((state) => state === accepted || state === unknown)).toBe(true)
  const receivers = server.messages.map((message) => /^To: .*<(.*)>/m.exec(String(message))?.[1])
  expect(new Set(receivers).size).toBe(receivers.length)
})

test('a locked store is waited for once: the beat does not queue up behind what waits, nor begin again', async () => {
  const server = await startScript({})
  const db = await openStore()
  let transactions = 0
  let isLocked = false
  const counting: Database = {
    ...db,
    transaction: async (work) => {
      if (!isLocked) return await db.transaction(work)
      transactions++
      // Longer than a beat.
      await new Promise((resolve) => setTimeout(resolve, 6000))
      throw new AppError('db/locked', 'The store is locked.', { kind: 'environment' })
    },
  }
  const { result } = await sendTo(server.port, 50, {
    db: counting,
    onEvent: (event) => {
      if (event.kind === 'progress' && event.counts.accepted >= 10) isLocked = true
    },
  })
  expect(result).toMatchObject({ end: { kind: 'failed', error: { code: 'db/locked' } }, isStuck: true })
  // One of the journal, and the test's own to let the run go.
  expect(transactions).toBe(2)
}, 40_000)
