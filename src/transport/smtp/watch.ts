/** How long a server may still take; one timer for a whole session. */
export interface Watch {
  /** So long from now, instead of what was allowed before. */
  readonly allow: (ms: number) => void
  /** Nothing is waited for. */
  readonly rest: () => void
  /** For good: no timer is left. */
  readonly stop: () => void
}

/**
 * Calls when what was allowed is over. The timer is not set anew for each command, only when it ends too early: two
 * timers less for each message.
 *
 * @param onLate - the argument is what was allowed, in milliseconds.
 */
export function createWatch(onLate: (ms: number) => void): Watch {
  let timer: NodeJS.Timeout | undefined
  let [limitMs, endsAt, firesAt] = [0, Infinity, Infinity]
  let isStopped = false
  const set = (ms: number) => {
    clearTimeout(timer)
    firesAt = performance.now() + ms
    timer = setTimeout(look, ms)
  }
  const look = () => {
    firesAt = Infinity
    const leftMs = endsAt - performance.now()
    if (leftMs === Infinity) return
    if (leftMs > 0) return set(Math.ceil(leftMs))
    endsAt = Infinity
    onLate(limitMs)
  }
  return {
    allow: (ms) => {
      // The connection was lost while the dot waited for its commit: a timer set now would keep the process alive.
      if (isStopped) return
      limitMs = ms
      endsAt = performance.now() + ms
      if (firesAt > endsAt) set(ms)
      // An idle one keeps no process alive, one that is waited for does.
      else timer?.ref()
    },
    rest: () => {
      endsAt = Infinity
      timer?.unref()
    },
    stop: () => {
      isStopped = true
      endsAt = Infinity
      firesAt = Infinity
      clearTimeout(timer)
    },
  }
}
