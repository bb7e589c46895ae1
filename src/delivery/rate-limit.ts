/** Spaces messages over all connections. */
export interface RateLimit {
  /** Takes the next free moment. @returns milliseconds from now until it comes. */
  reserve(): number
}

/**
 * The generic cell rate algorithm without a burst: moments are even, so no second holds more than the limit and one.
 *
 * @param perSecond - over all connections.
 * @param nowMs - milliseconds of a clock that never goes back.
 */
export function createRateLimit(perSecond: number | 'unlimited', nowMs: () => number): RateLimit {
  if (perSecond === 'unlimited') return { reserve: () => 0 }
  const spacingMs = 1000 / perSecond
  let nextMs = -Infinity
  return {
    reserve: () => {
      const now = nowMs()
      const at = Math.max(nextMs, now)
      nextMs = at + spacingMs
      return at - now
    },
  }
}
