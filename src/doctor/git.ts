import { execFile } from 'node:child_process'

/** How long git may think. */
const TIMEOUT_MS = 15_000

/** What git says; undefined where there is no git, no repository, or nothing. */
export type Git = (args: readonly string[], input?: string) => Promise<string | undefined>

/** @param root - absolute folder in which it is asked. */
export function askGit(root: string): Git {
  return async (args, input) =>
    await new Promise((resolve) => {
      const options = { cwd: root, timeout: TIMEOUT_MS, maxBuffer: 16 * 1024 * 1024 }
      // Never what a repository's own configuration would have it run.
      const safe = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', ...args]
      const child = execFile('git', safe, options, (error, stdout) => {
        resolve(error ? undefined : stdout.trim())
      })
      child.stdin?.on('error', () => undefined)
      child.stdin?.end(input)
    })
}
