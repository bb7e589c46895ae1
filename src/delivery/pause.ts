import { setTimeout as wait } from 'node:timers/promises'
import { planReconnect } from './backoff.ts'
import type { RetryOptions } from './options.ts'

/** Waits, at most until the signal. @returns whether the time passed whole. */
export async function sleep(ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false
  if (ms <= 0) return true
  try {
    await wait(ms, undefined, { signal })
    return true
  } catch {
    return false
  }
}

/** Leave to try one delivery. */
export interface Pass {
  /** Number of pauses so far. */
  readonly round: number
  /** Alone until it is known whether the server is back. */
  readonly isProbe: boolean
}

/**
 * Holds all connections of a run back while its server is lost or busy: after each failure nothing is sent for a while,
 * then one delivery tries, and only when the server answers it the others follow. A server that loses what it was given
 * so costs one `unknown` delivery for each pause, not one for each connection.
 */
export interface Pause {
  /** @returns undefined when the signal came first. */
  enter(signal: AbortSignal): Promise<Pass | undefined>
  /** Whether nothing happened to the server since. */
  isValid(pass: Pass): boolean
  /** To be called for each pass. */
  leave(pass: Pass): void
  /**
   * The server failed. Tries that began before the last pause tell nothing new.
   *
   * @returns `new` for a pause that begins now, `known`, or `enough` after too many in a row.
   */
  fail(pass: Pass): 'new' | 'known' | 'enough'
  /** The server answered about a message. */
  succeed(): void
}

const POLL_MS = 20

/** @param nowMs - milliseconds of a clock that never goes back. */
export function createPause(retry: RetryOptions, nowMs: () => number): Pause {
  let round = 0
  let failures = 0
  let untilMs = -Infinity
  let isProbing = false
  return {
    enter: async (signal) => {
      for (;;) {
        const leftMs = untilMs - nowMs()
        if (leftMs <= 0 && failures === 0) return signal.aborted ? undefined : { round, isProbe: false }
        if (leftMs <= 0 && !isProbing && !signal.aborted) {
          isProbing = true
          return { round, isProbe: true }
        }
        if (!(await sleep(Math.max(leftMs, POLL_MS), signal))) return undefined
      }
    },
    isValid: (pass) => pass.round === round,
    leave: ({ isProbe }) => {
      if (isProbe) isProbing = false
    },
    fail: (pass) => {
      if (pass.round !== round) return 'known'
      round++
      failures++
      if (failures > retry.reconnects) return 'enough'
      untilMs = nowMs() + planReconnect(failures, retry)
      return 'new'
    },
    succeed: () => {
      failures = 0
    },
  }
}
