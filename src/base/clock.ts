/** The time, as a value that tests can fix. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands still, for tests and reproducible builds. */
export function fixClock(time: Date): Clock {
  const timeMs = time.getTime()
  return { now: () => new Date(timeMs) }
}
