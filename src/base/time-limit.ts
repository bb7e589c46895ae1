import { Script } from 'node:vm'

/** How long the author's code may take where nothing else is said; more than any mail needs. */
const DEFAULT_TIMEOUT_MS = 30_000

/** As long as it lasts nothing else happens in the process, Ctrl-C included; a mail takes some 20 ms. */
const DEFAULT_RUN_MS = 10_000

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

/** What `limitRun` runs: V8 ends only what one of its own scripts has called. */
const WORK = Symbol.for('letterpress.work')
let caller: Script | undefined

/**
 * Runs code of the author's that promises nothing, and ends it after `timeoutMs` (default 10 s): an endless loop would
 * hold the process for ever. What the code has begun is left as it is; not even its `finally` runs.
 *
 * @throws Error after that time; whatever the work throws.
 */
export function limitRun<T>(work: () => T, timeoutMs: number = DEFAULT_RUN_MS): T {
  const world = globalThis as { [WORK]?: (() => T) | undefined }
  const outer = world[WORK]
  caller ??= new Script('globalThis[Symbol.for("letterpress.work")]()')
  world[WORK] = work
  try {
    return caller.runInThisContext({ timeout: timeoutMs }) as T
  } catch (error) {
    if ((error as NodeJS.ErrnoException | undefined)?.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
    throw new Error(`it was not ready after ${timeoutMs / 1000} seconds; it may be in an endless loop.`, {
      cause: error,
    })
  } finally {
    world[WORK] = outer
  }
}
