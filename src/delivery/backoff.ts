import type { RetryOptions } from './options.ts'

/** A delivery that the server deferred. */
export interface Deferral {
  readonly readerKey: number
  /** With the one just made. */
  readonly attempts: number
  readonly firstAt: Date
  readonly now: Date
  /** In how many milliseconds the server wants it again, when it said so. */
  readonly hintMs?: number | undefined
}

/** A shorter hint says no more than "not now". */
const MIN_HINT_MS = 60_000
/** A server that says "in a minute" for hours is asked less and less often all the same. */
const MAX_HINTED_TRIES = 3
/** Part of a wait that is added at most, so that what failed together does not come back together. */
const MAX_SPREAD = 0.4

/**
 * When a deferred delivery is due: the wait doubles from try to try up to a cap, and is up to 40 % longer, differently
 * for each reader, so that a list which was deferred at once does not come back at once. The first wait suits grey-listing
 * (RFC 6647 §4.2 speaks of minutes). A server's hint takes the place of the planned wait when it is longer, and during
 * the first tries also when it is shorter but at least a minute. Nothing is tried before it, but for one last time when
 * it reaches beyond the time to give up: nobody fails because a server asked for patience.
 *
 * @returns undefined when it should be given up.
 */
export function planRetry(deferral: Deferral, retry: RetryOptions): Date | undefined {
  const { readerKey, attempts, firstAt, now, hintMs = 0 } = deferral
  const plannedMs = Math.min(retry.firstMs * 2 ** (attempts - 1), retry.maxMs)
  const isAnswer = hintMs >= MIN_HINT_MS && attempts <= MAX_HINTED_TRIES
  const waitMs = isAnswer ? hintMs : Math.max(plannedMs, hintMs)
  const spreadMs = Math.round(waitMs * (1 + MAX_SPREAD * spread(readerKey, attempts)))
  const leftMs = firstAt.getTime() + retry.giveUpMs - now.getTime()
  if (spreadMs <= leftMs) return new Date(now.getTime() + spreadMs)
  return hintMs > plannedMs && plannedMs <= leftMs ? new Date(now.getTime() + leftMs) : undefined
}

const MAX_PAUSE_MS = 60_000
const MAX_SLOW_MS = 3_600_000

/** How long nothing is sent after the server was lost `failures` times in a row (from 1); spread by run. */
export function planReconnect(failures: number, { reconnectMs }: RetryOptions, runKey: number): number {
  const ms = Math.min(reconnectMs * 2 ** (failures - 1), Math.max(MAX_PAUSE_MS, reconnectMs))
  return Math.round(ms * (1 + MAX_SPREAD * spread(runKey, failures)))
}

/** How long nothing is sent after the server asked for less `times` in a row (from 1). */
export function planSlowDown(times: number, { slowMs }: RetryOptions): number {
  return Math.min(slowMs * 2 ** (times - 1), Math.max(MAX_SLOW_MS, slowMs))
}

/** A fraction that looks random and is the same every time (Knuth's multiplicative hash). */
function spread(key: number, round: number): number {
  return (Math.imul(key * 31 + round, 2_654_435_761) >>> 0) / 4_294_967_296
}
