/**
 * Which delivery is next. Pending ones come in the order of their key behind a cursor, those that a server refused together
 * with everybody (putBack) after the others; deferred ones when they are due, before the others. Nothing is written when one is taken: the lock keeps other processes away, this memory keeps two
 * loops of this one from taking the same.
 */
import type { Clock } from '../base/index.ts'
import type { Queries } from '../db/index.ts'
import { encodeState } from './states.ts'
import type { Claim } from './transitions.ts'

/** Hands out deliveries of one run. */
export interface Queue {
  /** @returns undefined when there is nothing to do right now. */
  take(): Promise<Claim | undefined>
  /** It was not sent and is pending: it comes again, first. */
  giveBack(claim: Claim): void
  /** What became of it is on the disk. */
  finish(claim: Claim): void
  /** How many were taken and are neither finished nor given back. */
  readonly taken: () => number
}

const BATCH = 500

interface Row {
  readonly reader_key: number
  readonly attempts: number
  readonly first_at: number | null
}

export function openQueue(db: Queries, runKey: number, clock: Clock): Queue {
  const ready: Claim[] = []
  const held = new Set<number>()
  let cursor = -1
  /** Now the ones that were put back. */
  let isLastPass = false
  let hasMore = true
  let filling: Promise<void> | undefined

  const fill = async () => {
    const due = await db.all<Row>(
      `SELECT reader_key, attempts, first_at FROM deliveries
        WHERE run_key = ? AND state = 3 AND next_at <= ? ORDER BY next_at LIMIT ?`,
      [runKey, clock.now(), BATCH + held.size],
    )
    ready.push(...due.filter((row) => !held.has(row.reader_key)).map((row) => toClaim(row, 'deferred')))
    if (ready.length > 0 || !hasMore) return
    const rows = await db.all<Row>(
      `SELECT reader_key, attempts, first_at FROM deliveries
        WHERE run_key = ? AND reader_key > ? AND state = ? AND (coalesce(note, '') = 'refused') = ?
        ORDER BY reader_key LIMIT ?`,
      [runKey, cursor, encodeState('pending'), isLastPass, BATCH],
    )
    cursor = rows.at(-1)?.reader_key ?? cursor
    ready.push(...rows.map((row) => toClaim(row, 'pending')))
    if (rows.length === BATCH) return
    hasMore = !isLastPass
    isLastPass = true
    cursor = -1
    if (rows.length === 0) await fill()
  }

  return {
    take: async () => {
      if (ready.length === 0) await (filling ??= fill().finally(() => (filling = undefined)))
      const claim = ready.shift()
      if (claim) held.add(claim.readerKey)
      return claim
    },
    giveBack: (claim) => {
      held.delete(claim.readerKey)
      ready.unshift(claim)
    },
    finish: (claim) => held.delete(claim.readerKey),
    taken: () => held.size,
  }
}

function toClaim(row: Row, state: 'pending' | 'deferred'): Claim {
  const firstAt = row.first_at === null ? {} : { firstAt: new Date(row.first_at) }
  return { readerKey: row.reader_key, state, attempts: row.attempts, ...firstAt }
}

/** When the first deferred delivery is due. */
export async function findNextDue(db: Queries, runKey: number): Promise<Date | undefined> {
  const row = await db.get<{ due: number | null }>(
    'SELECT min(next_at) AS due FROM deliveries WHERE run_key = ? AND state = 3',
    [runKey],
  )
  return row?.due === null || row?.due === undefined ? undefined : new Date(row.due)
}
