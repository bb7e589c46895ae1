import { AppError, type Clock } from '../base/index.ts'
import type { Database, Queries } from '../db/index.ts'
import { skipRest } from './control.ts'
import { cancelled, lockHeld, paused, scheduled } from './errors.ts'
import { disownLock, releaseLock, type Runner, STALE_MS, takeLock } from './lock.ts'
import { tell } from './run-events.ts'
import { closeRun, findRun, getRun, recover, type Run } from './runs.ts'

/** A run that this process alone may send. */
export interface HeldRun {
  readonly run: Run
  readonly token: string
  /** Deliveries that a process left in flight when it died; they are `unknown` since. */
  readonly recovered: number
}

/** How a run is taken. */
export interface HoldOptions {
  /** What the author decided: done when the run is ours, in the same transaction, before it is looked at. */
  readonly prepare?: (tx: Queries, run: Run) => Promise<void>
  /** Nobody sits before this process, and the next of its kind goes on. */
  readonly isByServe?: boolean
}

/**
 * Takes the run's lock and puts right what a dead process left behind, in one transaction.
 *
 * @throws AppError `delivery/lock-held`, `delivery/cancelled`, `delivery/paused`, `delivery/scheduled`
 */
export async function holdRun(
  db: Database,
  clock: Clock,
  issueId: string,
  { prepare, isByServe = false }: HoldOptions = {},
): Promise<HeldRun> {
  return await db.transaction(async (tx) => {
    const now = clock.now()
    const found = await findRun(tx, issueId)
    if (!found) throw new TypeError(`no run of the issue ${issueId}`)
    if (found.state === 'cancelled') throw new AppError(cancelled.code, cancelled.message(issueId), { kind: 'usage' })
    const lock = await takeLock(tx, found.key, now)
    if (!lock.isTaken) throw refuse(issueId, lock.holder, now)
    const recovered = await recover(tx, found.key, now)
    if (recovered > 0) await tell(tx, found.key, { at: now, what: 'recovered', detail: String(recovered) })
    await prepare?.(tx, found)
    await tx.run('UPDATE runs SET by_serve = ? WHERE key = ?', [isByServe, found.key])
    const run = await getRun(tx, issueId)
    assertOpen(run)
    return { run, token: lock.token, recovered }
  })
}

// Whoever waited for the lock finds what was decided meanwhile.
function assertOpen({ issueId, slug, state, startsAt }: Run): void {
  if (state === 'paused') {
    throw new AppError(paused.code, paused.message(issueId), { kind: 'usage', hint: paused.hint(slug) })
  }
  if (startsAt) {
    const at = startsAt.toISOString()
    throw new AppError(scheduled.code, scheduled.message(issueId, at), { kind: 'usage', hint: scheduled.hint(slug) })
  }
}

/** Leaves the run without asking the store: to another process it is free once this one has ended. */
export function leave({ token }: HeldRun): void {
  disownLock(token)
}

/** Lets the run go, finished when nothing is left, or its rest skipped when it was cancelled. @returns it as it stands. */
export async function letGo(db: Database, clock: Clock, { run, token }: HeldRun): Promise<Run> {
  disownLock(token)
  return await db.transaction(async (tx) => {
    const now = clock.now()
    const isOurs = await releaseLock(tx, run.key, token)
    const { state } = await getRun(tx, run.issueId)
    if (isOurs && state === 'cancelled') {
      await recover(tx, run.key, now)
      await skipRest(tx, run.key, now)
    }
    return await closeRun(tx, run.issueId, now)
  })
}

function refuse(issueId: string, { pid, host, beatAt }: Runner, now: Date): AppError {
  const seconds = Math.max(0, Math.round((now.getTime() - beatAt.getTime()) / 1000))
  return new AppError(lockHeld.code, lockHeld.message(issueId, pid, host, seconds), {
    kind: 'environment',
    hint: lockHeld.hint(STALE_MS / 1000),
  })
}
