/** How a run went over time, as its deliveries tell it. */
import type { Queries } from '../db/index.ts'
import { type Counts, decodeState, encodeState } from './states.ts'

/** How the counts of a run were at a moment. */
export interface Progress extends Counts {
  readonly at: Date
}

export interface ProgressOptions {
  readonly from: Date
  readonly until: Date
  /** Most moments between the two. */
  readonly steps: number
}

/** Deliveries that are looked at: the answer is to come at once, however large the run. */
const MAX_DELIVERIES = 500_000

/**
 * Counts from the first delivery on, oldest first, each at the end of its step; steps in which nothing came to an end
 * are left out. A delivery counts from when it reached the state it is in now, so what was deferred and then accepted
 * counts as accepted alone.
 */
export async function readProgress(
  db: Queries,
  { key, total }: { readonly key: number; readonly total: number },
  { from, until, steps }: ProgressOptions,
): Promise<Progress[]> {
  const stepMs = Math.max(1, Math.ceil((until.getTime() - from.getTime()) / steps))
  if (total > MAX_DELIVERIES) return []
  const rows = await db.all<{ step: number; state: number; count: number }>(
    `SELECT CAST((at - ?) / ? AS INTEGER) AS step, state, count(*) AS count FROM deliveries
      WHERE run_key = ? AND at BETWEEN ? AND ? AND state <> ? GROUP BY 1, 2 ORDER BY 1`,
    [from.getTime(), stepMs, key, from.getTime(), until.getTime(), encodeState('pending')],
  )
  const moments: Progress[] = []
  let counts: Counts = { pending: total, handed: 0, accepted: 0, deferred: 0, failed: 0, unknown: 0, skipped: 0 }
  for (const { step, state, count } of rows) {
    const name = decodeState(state)
    counts = { ...counts, pending: counts.pending - Number(count), [name]: counts[name] + Number(count) }
    const at = new Date(Math.min(until.getTime(), from.getTime() + (Number(step) + 1) * stepMs))
    if (moments.at(-1)?.at.getTime() === at.getTime()) moments.pop()
    moments.push({ at, ...counts })
  }
  return moments
}
