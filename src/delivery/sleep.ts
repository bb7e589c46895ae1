import { setTimeout as wait } from 'node:timers/promises'

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
