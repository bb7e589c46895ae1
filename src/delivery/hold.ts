import { AppError, type Clock } from '../base/index.ts'
import type { Database } from '../db/index.ts'
import { cancelled, lockHeld } from './errors.ts'
import { disownLock, releaseLock, type Runner, STALE_MS, takeLock } from './lock.ts'
import { closeRun, findRun, recover, type Run } from './runs.ts'

/** A run that this process alone may send. */
export interface HeldRun {
  readonly run: Run
  readonly token: string
  /** Deliveries that a process left in flight when it died; they are `unknown` since. */
  readonly recovered: number
}

/**
 * Takes the run's lock and puts right what a dead process left behind, in one transaction.
 *
 * @throws AppError `delivery/lock-held`, `delivery/cancelled`
 */
export async function holdRun(db: Database, clock: Clock, issueId: string): Promise<HeldRun> {
  return await db.transaction(async (tx) => {
    const now = clock.now()
    const found = await findRun(tx, issueId)
    if (!found) throw new TypeError(`no run of the issue ${issueId}`)
    if (found.state === 'cancelled') throw new AppError(cancelled.code, cancelled.message(issueId), { kind: 'usage' })
    const lock = await takeLock(tx, found.key, now)
    if (!lock.isTaken) throw refuse(issueId, lock.holder, now)
    const recovered = await recover(tx, found.key, now)
    const run = recovered > 0 ? await findRun(tx, issueId) : found
    return { run: run ?? found, token: lock.token, recovered }
  })
}

/** Leaves the run without asking the store: to another process it is free once this one has ended. */
export function leave({ token }: HeldRun): void {
  disownLock(token)
}

/** Lets the run go, finished when nothing is left. @returns it as it stands. */
export async function letGo(db: Database, clock: Clock, { run, token }: HeldRun): Promise<Run> {
  disownLock(token)
  return await db.transaction(async (tx) => {
    await releaseLock(tx, run.key, token)
    return await closeRun(tx, run.issueId, clock.now())
  })
}

function refuse(issueId: string, { pid, host, beatAt }: Runner, now: Date): AppError {
  const seconds = Math.max(0, Math.round((now.getTime() - beatAt.getTime()) / 1000))
  return new AppError(lockHeld.code, lockHeld.message(issueId, pid, host, seconds), {
    kind: 'environment',
    hint: lockHeld.hint(STALE_MS / 1000),
  })
}
