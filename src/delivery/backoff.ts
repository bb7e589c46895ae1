import type { RetryOptions } from './options.ts'

/** A delivery that the server deferred. */
export interface Deferral {
  readonly readerKey: number
  /** With the one just made. */
  readonly attempts: number
  readonly firstAt: Date
  readonly now: Date
}

/**
 * When a deferred delivery is due: the wait doubles from try to try up to a cap, and is up to 40 % longer, differently
 * for each reader, so that a list which was deferred at once does not come back at once.
 *
 * @returns undefined when it should be given up.
 */
export function planRetry({ readerKey, attempts, firstAt, now }: Deferral, retry: RetryOptions): Date | undefined {
  const waitMs = Math.min(retry.firstMs * 2 ** (attempts - 1), retry.maxMs)
  const due = new Date(now.getTime() + Math.round(waitMs * (1 + 0.4 * spread(readerKey, attempts))))
  return due.getTime() - firstAt.getTime() > retry.giveUpMs ? undefined : due
}

const MAX_PAUSE_MS = 60_000

/** How long nothing is sent after the server was lost `failures` times in a row (from 1). */
export function planReconnect(failures: number, { reconnectMs }: RetryOptions): number {
  return Math.min(reconnectMs * 2 ** (failures - 1), Math.max(MAX_PAUSE_MS, reconnectMs))
}

/** A fraction that looks random and is the same every time (Knuth's multiplicative hash). */
function spread(key: number, round: number): number {
  return (Math.imul(key * 31 + round, 2_654_435_761) >>> 0) / 4_294_967_296
}
