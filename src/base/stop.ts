import { onParentLost } from './parent.ts'

/** A second signal within this time is the launcher's echo of the first; a later one means "at once". */
const ECHO_MS = 500
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Requests to stop, while something is under way that can end well. */
export interface StopRequests {
  /** Aborts on the first one. */
  readonly signal: AbortSignal
  /** Nothing is under way any more: from here on a signal ends the process as if nobody had listened. */
  release(): void
}

/**
 * Listens for signals and for the loss of the parent. Listening replaces Node's own ending at once.
 *
 * @param endAtOnce - called by a request after the first one and its echo; `isUnderWay` until `release`.
 */
export function listenForStop(endAtOnce: (isUnderWay: boolean) => void): StopRequests {
  const controller = new AbortController()
  let stoppedAt: number | undefined
  let isUnderWay = true
  const stop = () => {
    const now = performance.now()
    if (stoppedAt === undefined ? !isUnderWay : now - stoppedAt > ECHO_MS) endAtOnce(isUnderWay)
    stoppedAt ??= now
    controller.abort()
  }
  for (const name of SIGNALS) process.on(name, stop)
  onParentLost(stop)
  return {
    signal: controller.signal,
    release: () => {
      isUnderWay = false
      // The echo of a signal that was obeyed is not to change how the process ends.
      if (stoppedAt === undefined) for (const name of SIGNALS) process.removeListener(name, stop)
    },
  }
}
