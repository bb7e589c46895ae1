/**
 * How many deliveries a run has on their way at a time: congestion control as TCP does it, additive increase and
 * multiplicative decrease (RFC 5681 §3.1), with the server's replies for a signal.
 *
 * ```
 *            a failure while others are answered: half as many
 *              ┌──────┐                            the server is down, or says "slow down"
 *              ▼      │                       ┌──────────────────────────────────────────┐
 *   open: `allowed` at a time, one more ──────┘                                          ▼
 *         per `step` accepted ones  ◀──── answered ──── one delivery tries ◀── nothing is sent for a while
 *                                                              └──── fails: twice as long ────▲
 * ```
 *
 * - It starts with all connections: the pool logs in with one before it opens the others, and the rate limit spaces
 *   what they carry; a slow start would hold short lists back and tell nothing more.
 * - One connection lost among others that are answered says nothing about them, so they go on. The server counts as down
 *   when nothing was answered between the beginning of the failing try and its end, or after three failures without one
 *   answer between them. What was begun before a pause, or before the last halving, counts once.
 * - Down or busy (421): the pause begins with `reconnectMs` and doubles up to a minute. Told to slow down (4.7.28 and its
 *   like): at least `slowMs`, doubled up to an hour, and then one connection more only after a hundred accepted messages,
 *   as Google asks for (support.google.com/a/answer/14229414: stop for ten minutes, one connection, add one at a time).
 * - A server that takes n connections and no more refuses each further one; so each halving doubles `step`.
 * - A server that loses what it was given costs one `unknown` delivery per pause, not one per connection.
 */
import { planReconnect, planSlowDown } from './backoff.ts'
import type { RetryOptions } from './options.ts'
import { sleep } from './sleep.ts'
import { createSlots, STEP } from './slots.ts'

/** Leave to try one delivery. */
export interface Pass {
  /** Number of pauses so far. */
  readonly round: number
  /** Number among everything that happened: begun before or after it. */
  readonly tick: number
}

/** What a failure means for the others. `ms`: until anything may be sent. */
export type Setback =
  /** Nothing new: it began before the last pause, or before the last halving. */
  | { readonly kind: 'known' }
  /** The others go on, half as many at a time. */
  | { readonly kind: 'fewer' }
  | { readonly kind: 'pause'; readonly ms: number }
  /** Too many pauses in a row, or longer ones than the run may wait. */
  | { readonly kind: 'enough'; readonly ms: number }

/** One failure of the server. */
export interface Failure {
  /** Whether it asks for fewer messages, in whatever words. */
  readonly isThrottled: boolean
  /** When it wants to hear from us again. */
  readonly hintMs: number
}

/** Lets deliveries begin. */
export interface Pace {
  /** Waits for a moment to begin one. @returns undefined when the signal came first. */
  enter(signal: AbortSignal): Promise<Pass | undefined>
  /** The try begins now, after whatever else it waited for. @returns undefined when the server was lost meanwhile. */
  begin(pass: Pass): Pass | undefined
  /** To be called for each pass. */
  leave(pass: Pass): void
  /** The server answered about a message, whatever it said. */
  answer(pass: Pass, isAccepted: boolean): void
  fail(pass: Pass, failure: Failure): Setback
  /** Before anything began: the server asked an earlier process for less, and is left alone for so long. */
  rest(ms: number): void
  /** How many may be on their way at a time. */
  readonly allowed: () => number
}

export interface PaceOptions {
  readonly connections: number
  readonly retry: RetryOptions
  /** Longest time to wait, all in all, for a server that asks for less. */
  readonly patienceMs: number
  /** Spreads the pauses of runs that lost the same server. */
  readonly runKey: number
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs: () => number
}

/** Accepted messages per further connection, after the server asked for less. */
const SLOW_STEP = 100
/** Failures without one answer between them. */
const DOWN_AFTER = 3

export function createPace({ connections, retry, patienceMs, runKey, nowMs }: PaceOptions): Pace {
  const { down, slow } = createBothPauses(retry, runKey, patienceMs)
  const slots = createSlots(connections)
  let round = 0
  let untilMs = -Infinity
  let isSlowed = false
  let tick = 0
  let answeredAt = 0
  let halvedAt = 0
  /** Since the last answer. */
  let failures = 0

  const pause = ({ isThrottled, hintMs }: Failure): Setback => {
    round++
    halvedAt = ++tick
    isSlowed = isThrottled
    slots.shrink(1, isThrottled ? SLOW_STEP : STEP)
    slots.reset()
    const pauses = isThrottled ? slow : down
    const ms = pauses.next(hintMs)
    untilMs = Math.max(untilMs, nowMs() + ms)
    return { kind: pauses.isOver() ? 'enough' : 'pause', ms }
  }
  return {
    enter: async (signal) => {
      for (;;) {
        if (signal.aborted) return undefined
        const leftMs = untilMs - nowMs()
        if (leftMs > 0) await sleep(leftMs, signal)
        else if (slots.take()) return { round, tick: ++tick }
        else await slots.wait(signal)
      }
    },
    begin: (pass) => (pass.round === round ? { round, tick: ++tick } : undefined),
    leave: (pass) => {
      if (pass.round === round) slots.free()
    },
    answer: (pass, isAccepted) => {
      // It was given to the server before the pause.
      if (pass.round !== round) return
      answeredAt = ++tick
      failures = 0
      down.reset()
      // Not before: a server that takes one message after each pause is still told to wait longer each time.
      if (isAccepted && slots.earn()) slow.reset()
    },
    fail: (pass, failure) => {
      // A connection lost and then the word to slow down: the word counts.
      if (pass.round !== round && (isSlowed || !failure.isThrottled)) return { kind: 'known' }
      if (failure.isThrottled) return pause(failure)
      failures++
      if (answeredAt < pass.tick || failures >= DOWN_AFTER) return pause(failure)
      if (pass.tick < halvedAt) return { kind: 'known' }
      halvedAt = ++tick
      slots.shrink(Math.floor(slots.size() / 2), STEP)
      return { kind: 'fewer' }
    },
    rest: (ms) => {
      slots.shrink(1, SLOW_STEP)
      untilMs = nowMs() + ms
    },
    allowed: slots.size,
  }
}

/** Pauses in a row. */
interface Pauses {
  /** Begins one. @returns how long it is. */
  next(leastMs: number): number
  /** Whether they are too many, or too long. */
  readonly isOver: () => boolean
  reset(): void
}

function createBothPauses(retry: RetryOptions, runKey: number, patienceMs: number) {
  const most = retry.reconnects
  return {
    down: createPauses((count) => planReconnect(count, retry, runKey), { most, totalMs: Infinity }),
    slow: createPauses((count) => planSlowDown(count, retry), { most, totalMs: patienceMs }),
  }
}

function createPauses(plan: (count: number) => number, limits: { most: number; totalMs: number }): Pauses {
  let count = 0
  let totalMs = 0
  return {
    next: (leastMs) => {
      count++
      const ms = Math.max(plan(count), leastMs)
      totalMs += ms
      return ms
    },
    isOver: () => count > limits.most || totalMs > limits.totalMs,
    reset: () => {
      count = 0
      totalMs = 0
    },
  }
}
