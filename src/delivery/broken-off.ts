/**
 * Deliveries that broke off: their message had begun, and the server refused the session or was gone before it had the
 * message (421, 503, a connection that is lost). That says nothing about the reader, so nothing is counted, and the
 * delivery comes next again. But a server may do so whenever it hears of one reader, and, as in limit-doubt.ts, one reader
 * must not hold the list up. So a delivery is put behind the others (putBack), in this send and in the next,
 *
 * - when it broke off for the second time in a send;
 * - when the send ended by it, so that the next one does not begin with it.
 *
 * What never came as far as the message, because the server is away or refuses everybody, is no word about a reader, and
 * nobody changes places for it.
 */
import type { Queries } from '../db/index.ts'
import type { Attempt } from '../transport/index.ts'
import type { Loops } from './loops.ts'
import type { RunEnd } from './send-types.ts'
import { encodeState } from './states.ts'
import { type Claim, putBack, type Transition } from './transitions.ts'

const MAX_TIMES = 2
/** Of them are named when nobody else is left. */
const MAX_NAMED = 3

/** Those of one send. */
export interface BrokenOff {
  /** @param isEnd - the send ended by it. @returns what is to be written; undefined when it comes next again. */
  hear(claim: Claim, attempt: Attempt, isEnd: boolean): Transition | undefined
  /** Whether the attempt was told of a message that had begun. */
  has(attempt: Attempt): boolean
}

export function createBrokenOff(): BrokenOff {
  const times = new Map<number, number>()
  const heard = new WeakSet<Attempt>()
  return {
    hear: (claim, attempt, isEnd) => {
      const count = (times.get(claim.readerKey) ?? 0) + 1
      times.set(claim.readerKey, count)
      heard.add(attempt)
      return count >= MAX_TIMES || isEnd ? { ...putBack(claim), note: 'broken-off' } : undefined
    },
    has: (attempt) => heard.has(attempt),
  }
}

/** How a run ended by the server: when only such deliveries are left, and others were accepted, it is not away. */
export async function findWhoIsLeft({ db, runKey, readers, journal, brokenOff }: Loops, end: RunEnd): Promise<RunEnd> {
  if (end.kind !== 'server' || !brokenOff.has(end.attempt)) return end
  const { accepted, pending } = journal.counts()
  if (accepted === 0 || (await countBrokenOff(db, runKey)) !== pending) return end
  const rows = await db.all<{ reader_key: number }>(
    "SELECT reader_key FROM deliveries WHERE run_key = ? AND state = ? AND note = 'broken-off' ORDER BY reader_key LIMIT ?",
    [runKey, encodeState('pending'), MAX_NAMED],
  )
  const found = await Promise.all(rows.map(async ({ reader_key: key }) => await readers.find(key)))
  const ids = found.flatMap((reader) => (typeof reader === 'string' ? [] : [reader.id]))
  return { kind: 'broken-off', attempt: end.attempt, count: pending, readers: ids }
}

async function countBrokenOff(db: Queries, runKey: number): Promise<number> {
  const row = await db.get<{ count: number }>(
    "SELECT count(*) AS count FROM deliveries WHERE run_key = ? AND state = ? AND note = 'broken-off'",
    [runKey, encodeState('pending')],
  )
  return Number(row?.count ?? 0)
}
