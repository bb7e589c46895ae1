import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import type { Database } from '../../src/db/index.ts'
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
