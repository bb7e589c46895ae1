/** The deliveries of a run that are left to do, as the ledger has them, a batch at a time. */
import type { Clock } from '../base/index.ts'
import type { Queries } from '../db/index.ts'
import { encodeState } from './states.ts'
import type { Claim } from './transitions.ts'

/** After a delivery in the order of pending ones: by key, those that were put back (pass 1) after the others. */
export interface Place {
  readonly pass: 0 | 1
  readonly key: number
}

export const START: Place = { pass: 0, key: -1 }
export const END: Place = { pass: 1, key: Number.MAX_SAFE_INTEGER }

export const BATCH = 500

const PENDING = encodeState('pending')
/** Written out: the index of those that are due is a partial one. */
const DEFERRED = encodeState('deferred')

/** Pending deliveries, and where to go on. */
export interface Page {
  readonly claims: readonly Claim[]
  /** Missing: there are no more. */
  readonly next: Place | undefined
}

export interface Source {
  /** Deferred ones whose time has come. @param known - keys that are not asked for. */
  readDue(known: ReadonlySet<number>): Promise<Claim[]>
  /** Pending ones after a place, up to another one. */
  readPending(after: Place, upTo: Place): Promise<Page>
}

interface Row {
  readonly reader_key: number
  readonly attempts: number
  readonly first_at: number | null
}

export function openSource(db: Queries, runKey: number, clock: Clock): Source {
  return {
    readDue: async (known) => {
      const due = await db.all<Row>(
        `SELECT reader_key, attempts, first_at FROM deliveries
          WHERE run_key = ? AND state = ${DEFERRED} AND next_at <= ? ORDER BY next_at LIMIT ?`,
        [runKey, clock.now(), BATCH + known.size],
      )
      const unknown = due.filter((row) => !known.has(row.reader_key))
      return unknown.slice(0, BATCH).map((row) => toClaim(row, 'deferred'))
    },
    readPending: async (after, upTo) => {
      const lastKey = after.pass === upTo.pass ? upTo.key : END.key
      const rows = await db.all<Row>(
        `SELECT reader_key, attempts, first_at FROM deliveries
          WHERE run_key = ? AND reader_key > ? AND reader_key <= ? AND state = ?
            AND (coalesce(note, '') IN ('refused', 'broken-off')) = ?
          ORDER BY reader_key LIMIT ?`,
        [runKey, after.key, lastKey, PENDING, after.pass === 1, BATCH],
      )
      const claims = rows.map((row) => toClaim(row, 'pending'))
      const last = claims.at(-1)
      if (last && claims.length === BATCH) return { claims, next: { pass: after.pass, key: last.readerKey } }
      return { claims, next: after.pass < upTo.pass ? { pass: 1, key: -1 } : undefined }
    },
  }
}

function toClaim(row: Row, state: 'pending' | 'deferred'): Claim {
  const firstAt = row.first_at === null ? {} : { firstAt: new Date(row.first_at) }
  return { readerKey: row.reader_key, state, attempts: row.attempts, ...firstAt }
}

/** When the first deferred delivery is due. */
export async function findNextDue(db: Queries, runKey: number): Promise<Date | undefined> {
  const row = await db.get<{ due: number | null }>(
    `SELECT min(next_at) AS due FROM deliveries WHERE run_key = ? AND state = ${DEFERRED}`,
    [runKey],
  )
  return row?.due === null || row?.due === undefined ? undefined : new Date(row.due)
}

/** How many were put back because the server refused one after the other. */
export async function countPutBack(db: Queries, runKey: number): Promise<number> {
  const row = await db.get<{ count: number }>(
    "SELECT count(*) AS count FROM deliveries WHERE run_key = ? AND state = ? AND note = 'refused'",
    [runKey, PENDING],
  )
  return Number(row?.count ?? 0)
}
