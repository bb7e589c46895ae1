/**
 * Windows that slide, counted in buckets of a hundredth: a minute in 0.6 s, a day in 14.4 min. A message counts until
 * its bucket lies a whole window and a bucket back, so no window of the true length, wherever it begins, holds more than
 * the limit; a full window comes round after 101 buckets, which is 0.99 of the limit.
 */
import { WINDOW_MS, type WindowName } from './limits.ts'

const BUCKETS = 100

/** Messages of one bucket. */
export interface Use {
  readonly bucket: number
  readonly count: number
}

export function bucketOf(window: WindowName, atMs: number): number {
  return Math.floor((atMs * BUCKETS) / WINDOW_MS[window])
}

/** When a bucket begins. */
export function startOf(window: WindowName, bucket: number): number {
  return Math.ceil((bucket * WINDOW_MS[window]) / BUCKETS)
}

/** Oldest bucket that counts beside `bucket`. */
export function firstOf(bucket: number): number {
  return bucket - BUCKETS
}

/**
 * How many more messages a window takes. Buckets after `bucket` count as well: another process may be ahead.
 *
 * @returns 0 or less with the moment when the first of them is free again.
 */
export function findRoom(
  window: WindowName,
  limit: number,
  uses: readonly Use[],
  bucket: number,
): { readonly room: number; readonly freeAtMs: number } {
  const counting = uses.filter((use) => use.bucket >= firstOf(bucket)).sort((a, b) => a.bucket - b.bucket)
  let used = counting.reduce((sum, { count }) => sum + count, 0)
  const room = limit - used
  let freeAtMs = startOf(window, bucket)
  for (const use of counting) {
    if (used < limit) break
    used -= use.count
    freeAtMs = startOf(window, use.bucket + BUCKETS + 1)
  }
  return { room, freeAtMs }
}
