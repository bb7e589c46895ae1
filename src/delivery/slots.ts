/** How many deliveries may be on their way at a time: fewer at once, more by and by. */
export interface Slots {
  readonly size: () => number
  /** Takes a free one. @returns whether there was one. */
  take(): boolean
  free(): void
  /** Waits until one may be free, at most until the signal. */
  wait(signal: AbortSignal): Promise<void>
  /** @param leastStep - accepted messages per further one, at least. */
  shrink(to: number, leastStep: number): void
  /** Forgets who has one: they belong to what was before a pause. */
  reset(): void
  /** One message was accepted. @returns whether that made enough for a further one. */
  earn(): boolean
}

/** Accepted messages per further slot. */
export const STEP = 10
const MAX_STEP = 640

export function createSlots(most: number): Slots {
  const waiting = createWaiting()
  let size = most
  let active = 0
  let step = STEP
  let credits = 0
  return {
    size: () => size,
    take: () => {
      if (active >= size) return false
      active++
      return true
    },
    free: () => {
      active--
      waiting.wake()
    },
    wait: waiting.wait,
    shrink: (to, leastStep) => {
      size = Math.max(1, to)
      step = Math.max(leastStep, Math.min(step * 2, MAX_STEP))
      credits = 0
    },
    reset: () => {
      active = 0
      waiting.wakeAll()
    },
    earn: () => {
      if (++credits < step) return false
      credits = 0
      if (size < most) size++
      // All of them have proved themselves.
      else step = STEP
      waiting.wake()
      return true
    },
  }
}

/** Those that wait for a slot, in the order in which they came. */
function createWaiting() {
  const resolvers = new Set<() => void>()
  const wake = () => {
    const [first] = resolvers
    if (!first) return
    resolvers.delete(first)
    first()
  }
  return {
    wait: async (signal: AbortSignal): Promise<void> => {
      if (signal.aborted) return
      await new Promise<void>((resolve) => {
        const done = () => {
          resolvers.delete(done)
          signal.removeEventListener('abort', done)
          resolve()
        }
        resolvers.add(done)
        signal.addEventListener('abort', done, { once: true })
      })
    },
    wake,
    wakeAll: () => {
      for (const resolve of resolvers) resolve()
    },
  }
}
