import type { Queries } from '../db/index.ts'
import type { Loops } from './loops.ts'
import type { RunEnd } from './send-types.ts'
import { encodeState } from './states.ts'

/** Of those left so many are named. */
const MAX_NAMED = 3

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
