/** When a run starts that does not start at once. */
import type { Queries } from '../db/index.ts'
import { tell } from './run-events.ts'
import type { Word } from './control.ts'
import type { Run } from './runs.ts'

/** News of yesterday: later than this a run starts only on the author's word. */
const STALE_START_MS = 24 * 3_600_000

/** Gives a scheduled run another time. @returns false when it has begun, or is no longer open: nothing is changed. */
export async function moveStart(tx: Queries, runKey: number, startsAt: Date, word: Word): Promise<boolean> {
  const changed = await tx.run(
    "UPDATE runs SET starts_at = ? WHERE key = ? AND starts_at IS NOT NULL AND state IN ('open', 'paused')",
    [startsAt, runKey],
  )
  if (changed > 0) await tell(tx, runKey, { ...word, what: 'moved', detail: startsAt.toISOString() })
  return changed > 0
}

/** Whether a scheduled run is so late that only the author may start it. */
export function isStale({ startsAt }: Pick<Run, 'startsAt'>, now: Date): boolean {
  return startsAt !== undefined && now.getTime() - startsAt.getTime() > STALE_START_MS
}

/** Begins a scheduled run whose time has come; nothing happens to any other. In the transaction that takes its lock. */
export async function beginRun(tx: Queries, { key, startsAt }: Run, word: Word): Promise<void> {
  if (!startsAt || startsAt > word.at) return
  await tx.run('UPDATE runs SET starts_at = NULL, started_at = ? WHERE key = ?', [word.at, key])
  const lateSeconds = Math.round((word.at.getTime() - startsAt.getTime()) / 1000)
  const late = lateSeconds > 60 ? { detail: `${lateSeconds} s late` } : {}
  await tell(tx, key, { ...late, ...word, what: 'started' })
}

/** Runs that `serve` takes up: scheduled ones whose time has come, what it began itself, deferred deliveries that are due. */
export async function listDueRuns(db: Queries, now: Date): Promise<string[]> {
  const rows = await db.all<{ issue_id: string }>(
    `SELECT issue_id FROM runs WHERE state = 'open' AND (
        starts_at <= ? AND starts_at >= ?
        OR starts_at IS NULL AND by_serve = 1 AND total > accepted + deferred + failed + unknown + skipped
        OR starts_at IS NULL AND (by_serve = 1 OR total = handed + accepted + deferred + failed + unknown + skipped)
          AND deferred > 0 AND EXISTS (SELECT 1 FROM deliveries
            WHERE deliveries.run_key = runs.key AND deliveries.state = 3 AND deliveries.next_at <= ?)
      ) ORDER BY key`,
    [now, new Date(now.getTime() - STALE_START_MS), now],
  )
  return rows.map(({ issue_id }) => issue_id)
}

/** Scheduled runs that are too late to start by themselves. */
export async function listStaleRuns(db: Queries, now: Date): Promise<string[]> {
  const rows = await db.all<{ issue_id: string }>(
    "SELECT issue_id FROM runs WHERE state = 'open' AND starts_at < ? ORDER BY key",
    [new Date(now.getTime() - STALE_START_MS)],
  )
  return rows.map(({ issue_id }) => issue_id)
}
