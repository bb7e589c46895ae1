/** How long the author's code may take where nothing else is said; more than any mail needs. */
const DEFAULT_TIMEOUT_MS = 30_000

/**
 * Waits for work of the author's code, and no longer than `timeoutMs` (default 30 s). The timer also keeps the process
 * alive: with nothing but a promise that never settles to wait for, Node would end it without a word of ours.
 *
 * @throws Error after that time; whatever the work throws.
 */
export async function limitTime<T>(work: Promise<T>, timeoutMs: number = DEFAULT_TIMEOUT_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`it was not ready after ${timeoutMs / 1000} seconds; something that it awaits has not settled.`))
    }, timeoutMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
