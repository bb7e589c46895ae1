/**
 * What the author does with a run from outside, also while another process sends it.
 *
 * ```
 *  freeze ▶ scheduled ── begin: its time has come ──▶ open ── nothing is left ──▶ finished
 *              │  ▲ move                             ▲ │ ▲                           │
 *              │  └─┘                          resume│ │ │pause          retry, new readers
 *              │                                     │ ▼ │                           │
 *              ├──────────── pause ───────────────▶ paused ◀── (serve: the server refuses everybody)
 *              │                                     │                               │
 *              └────────────▶ cancelled ◀────────────┴── from open as well           └──▶ open
 * ```
 *
 * The wish stands in `runs.state`. A runner sees it with its next commit or beat (lock.ts), begins nothing new, ends
 * what is in flight and lets the run go. Nobody touches deliveries while a runner lives; so a cancelled run's rest is
 * skipped by whoever finds the run without one: its runner on letting go, or `cancel`. A crash in between leaves a
 * cancelled run that nobody sends, and `cancel` again ends it.
 */
import type { Clock } from '../base/index.ts'
import type { Database, Queries } from '../db/index.ts'
import { findRunner, type Runner } from './lock.ts'
import { type Consented, tell } from './run-events.ts'
import { findRun, getRun, recover, reopen, type Run } from './runs.ts'
import { encodeState, UNFINISHED } from './states.ts'
import { addCounts } from './transitions.ts'

/** Who says so, and when. */
export interface Word {
  readonly at: Date
  readonly how: Consented
  /** What --force overrode, or why. */
  readonly detail?: string
}

/** @returns false when it was not open: nothing is changed. */
export async function pauseRun(tx: Queries, runKey: number, word: Word): Promise<boolean> {
  const changed = await tx.run("UPDATE runs SET state = 'paused' WHERE key = ? AND state = 'open'", [runKey])
  if (changed > 0) await tell(tx, runKey, { ...word, what: 'paused' })
  return changed > 0
}

/** @returns false when it was not paused: nothing is changed. */
export async function resumeRun(tx: Queries, runKey: number, word: Word): Promise<boolean> {
  const changed = await tx.run("UPDATE runs SET state = 'open' WHERE key = ? AND state = 'paused'", [runKey])
  if (changed > 0) await tell(tx, runKey, { ...word, what: 'resumed' })
  return changed > 0
}

/**
 * Says that nothing more of a run is to be sent; `endCancelled` does the rest once nobody sends it.
 *
 * @returns false when it was cancelled or finished before: nothing is changed.
 */
export async function cancelRun(tx: Queries, runKey: number, word: Word): Promise<boolean> {
  const changed = await tx.run(
    "UPDATE runs SET state = 'cancelled', starts_at = NULL WHERE key = ? AND state IN ('open', 'paused')",
    [runKey],
  )
  if (changed > 0) await tell(tx, runKey, { ...word, what: 'cancelled' })
  return changed > 0
}

/**
 * Skips what is left of a cancelled run; what a dead process left in flight is in doubt.
 *
 * @returns how many are skipped; undefined while a process is still sending it.
 */
export async function endCancelled(db: Database, clock: Clock, issueId: string): Promise<number | undefined> {
  return await db.transaction(async (tx) => {
    const run = await getRun(tx, issueId)
    const now = clock.now()
    if (await findRunner(tx, run.key, now)) return undefined
    if (run.state !== 'cancelled') throw new TypeError(`run ${run.key} was not cancelled`)
    await tx.run('DELETE FROM runners WHERE run_key = ?', [run.key])
    await recover(tx, run.key, now)
    return await skipRest(tx, run.key, now)
  })
}

/** In a transaction of whoever holds the run. @returns how many. */
export async function skipRest(tx: Queries, runKey: number, now: Date): Promise<number> {
  const skip = async (from: 'pending' | 'deferred') =>
    await tx.run(
      "UPDATE deliveries SET state = ?, next_at = NULL, at = ?, note = 'cancelled' WHERE run_key = ? AND state = ?",
      [encodeState('skipped'), now, runKey, encodeState(from)],
    )
  const [pending, deferred] = [await skip('pending'), await skip('deferred')]
  await addCounts(tx, runKey, { pending: -pending, deferred: -deferred, skipped: pending + deferred }, 0)
  await tx.run('UPDATE runs SET finished_at = coalesce(finished_at, ?) WHERE key = ?', [now, runKey])
  return pending + deferred
}

/** Lets refused deliveries be tried once more, as if they were new. @returns how many. */
export async function retryFailed(tx: Queries, runKey: number, word: Word): Promise<number> {
  return await startOver(tx, runKey, 'failed', { ...word, what: 'retried' })
}

/**
 * The author's word that unknown deliveries are to be sent again, at the risk of mailing somebody twice.
 *
 * @returns how many.
 */
export async function resendUnknown(tx: Queries, runKey: number, word: Word): Promise<number> {
  return await startOver(tx, runKey, 'unknown', { ...word, what: 'resent' })
}

async function startOver(
  tx: Queries,
  runKey: number,
  from: 'failed' | 'unknown',
  line: Word & { readonly what: 'retried' | 'resent' },
): Promise<number> {
  // Without first_at: it counts from here when a reader is given up.
  const changed = await tx.run(
    'UPDATE deliveries SET state = ?, at = ?, first_at = NULL, note = ? WHERE run_key = ? AND state = ?',
    [encodeState('pending'), line.at, line.what, runKey, encodeState(from)],
  )
  if (changed === 0) return 0
  await addCounts(tx, runKey, { pending: changed, [from]: -changed }, 0)
  await reopen(tx, runKey)
  await tell(tx, runKey, { ...line, detail: String(changed) })
  return changed
}

/** Whether something is left to do that pausing or cancelling would stop. */
export function isUnfinished({ counts, state, startsAt }: Run): boolean {
  return state !== 'finished' && (startsAt !== undefined || UNFINISHED.some((left) => counts[left] > 0))
}

/** Who sends a run right now, with the run as it stands. */
export async function lookAt(
  db: Queries,
  issueId: string,
  now: Date,
): Promise<{ readonly run: Run; readonly runner?: Runner } | undefined> {
  const run = await findRun(db, issueId)
  if (!run) return undefined
  const runner = await findRunner(db, run.key, now)
  return { run, ...(runner ? { runner } : {}) }
}
