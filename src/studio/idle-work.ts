/** Work of low rank begins when nothing has been wanted for this long. */
const QUIET_MS = 1000

/** Work that waits until nobody wants anything. */
export interface IdleWork {
  /** Somebody wants something: the work pauses, and begins anew a moment after the last such call. */
  postpone(): void
  /** There may be something to do; nobody waits. */
  wake(): void
  close(): void
}

/** @param step - does a little; tells whether there is more. */
export function createIdleWork(step: () => Promise<boolean>): IdleWork {
  let quietFrom = 0
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  const schedule = (ms: number) => {
    timer = setTimeout(() => void run(), ms)
    timer.unref()
  }
  const run = async () => {
    const waitMs = quietFrom - performance.now()
    if (waitMs > 0) return schedule(waitMs)
    const hasMore = await step()
    timer = undefined
    if (isClosed) return
    if (hasMore) schedule(0)
    else if (quietFrom > performance.now()) schedule(QUIET_MS)
  }
  return {
    wake() {
      if (!timer && !isClosed) schedule(QUIET_MS)
    },
    postpone() {
      quietFrom = performance.now() + QUIET_MS
      if (!timer && !isClosed) schedule(QUIET_MS)
    },
    close() {
      isClosed = true
      clearTimeout(timer)
    },
  }
}
