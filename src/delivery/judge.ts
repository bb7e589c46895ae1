import type { Attempt } from '../transport/index.ts'
import type { Loops } from './loops.ts'
import { countPutBack } from './source.ts'
import type { Pass } from './pace.ts'
import { findQuotaReset, findThrottle } from './told.ts'
import { isLasting } from './settle.ts'
import { keepServerAttempt } from './transitions.ts'

const DAY_MS = 86_400_000
/** A long row of readers who are gone is believed after a few sends; a server that went wrong is stopped in each. */
const MORE_REFUSALS = 2

/** How an attempt came about. */
export interface ToldHow {
  readonly isKept: boolean
  readonly hasBegun: boolean
}

/**
 * What a try tells of the server: whether to go on, to go slower, to wait, or to stop.
 *
 * @param told.isKept - whether the attempt stands with its delivery.
 * @param told.hasBegun - whether it is an answer to a message, not what all got that waited for a connection.
 */
export async function judge(loops: Loops, attempt: Attempt, pass: Pass, told: ToldHow): Promise<void> {
  const { pace, limiter, end, unknowns, stop, quota } = loops
  if (attempt.kind === 'unknown' && ++unknowns.count > unknowns.max) {
    end({ kind: 'unknowns', count: unknowns.count, attempt })
  }
  if (attempt.kind !== 'server' && attempt.kind !== 'unknown') {
    if (attempt.kind === 'accepted') limiter.succeed()
    return pace.answer(pass, attempt.kind === 'accepted')
  }
  if (isLasting(attempt)) {
    const isFirst = !stop.aborted
    end({ kind: 'server', attempt })
    return isFirst ? await keep(loops, attempt) : await keepReply(loops, attempt, told)
  }
  if (attempt.fault === 'quota') {
    // Said on many connections it is one word.
    if (stop.aborted || quota.isMet) return
    quota.isMet = true
    // Nobody begins while the store is asked.
    pace.fail(pass, { isThrottled: true, hintMs: DAY_MS })
    return await endByQuota(loops, attempt)
  }
  await slowDown(loops, attempt, pass, told)
}

/** The account may send no more for now. */
export async function endByQuota(loops: Loops, attempt: Attempt): Promise<void> {
  const { db, clock, end } = loops
  end({ kind: 'later', attempt, dueAt: await findQuotaReset(db, attempt, clock.now()) })
  await keep(loops, attempt)
}

/**
 * A send that goes on soon after the server asked for less: it is left alone for the rest of the pause, or the run ends
 * when that is longer than the wait.
 */
export async function restAsTold(loops: Loops): Promise<void> {
  const { db, runKey, clock, pace, retry, waitMs, end, onEvent } = loops
  const told = await findThrottle(db, runKey, retry.slowMs, clock.now())
  if (!told) return
  const { attempt, until } = told
  const ms = until.getTime() - clock.now().getTime()
  if (ms > waitMs) return end({ kind: 'later', attempt, dueAt: until })
  pace.rest(ms)
  onEvent({ kind: 'pause', attempt, until })
}

/** Those that an earlier send stopped for, when the server took others: it may be right about them, and about more. */
export async function recallRefusals({ db, runKey, counts, doubt }: Loops): Promise<void> {
  if (counts.accepted === 0 || counts.pending === 0) return
  doubt.allow(MORE_REFUSALS * (await countPutBack(db, runKey)))
}

async function slowDown(loops: Loops, attempt: Attempt, pass: Pass, told: ToldHow): Promise<void> {
  const { clock, pace, limiter, stop, end, onEvent } = loops
  const isThrottled = attempt.fault === 'throttled'
  const setback = pace.fail(pass, { isThrottled, hintMs: attempt.retryAfterMs ?? 0 })
  if (setback.kind === 'known') return await keepReply(loops, attempt, told)
  // Without a code it may well be the cut that we made.
  if (stop.aborted && attempt.code === undefined) return
  if (isThrottled) limiter.slowDown()
  if (setback.kind !== 'fewer' && !stop.aborted) {
    const until = new Date(clock.now().getTime() + setback.ms)
    if (setback.kind === 'pause') onEvent({ kind: 'pause', attempt, until })
    else if (isThrottled) end({ kind: 'later', attempt, dueAt: until })
    else end({ kind: 'server', attempt })
  }
  if (!told.isKept) await keep(loops, attempt)
}

/** What tells nothing new was said all the same. A connection that is lost with others says nothing. */
async function keepReply(loops: Loops, attempt: Attempt, { isKept, hasBegun }: ToldHow): Promise<void> {
  if (!isKept && hasBegun && attempt.code !== undefined && !loops.store.isLocked) await keep(loops, attempt)
}

async function keep({ db, runKey, clock }: Loops, attempt: Attempt): Promise<void> {
  await keepServerAttempt(db, runKey, attempt, clock.now())
}
