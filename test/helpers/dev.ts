import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { repository } from './newsletter.ts'

/** `letterpress dev` as a process of its own. */
export interface Dev {
  readonly url: string
  /** Where the inbox takes mail: `127.0.0.1:1025`. */
  readonly inbox: string
  /** What it has said besides. */
  readonly stderr: () => string
  /** Asks it to end. @returns its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
  /** Sends a signal that does not end it. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void
}

/** Starts the real command on a free port. @throws Error with its words when it ends before it is ready. */
export async function startDev(root: string, args: readonly string[] = []): Promise<Dev> {
  const program = join(repository, 'bin', 'letterpress.js')
  const child = spawn(process.execPath, [program, '--json', 'dev', '--port', '0', '--no-open', ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], NO_COLOR: '1' },
    // The channel ends it with the tests, however they end.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const line = await Promise.race([readLine(child), ended])
  if (typeof line !== 'string') throw new Error(`dev ended with ${String(line)}: ${stderr}`)
  const { url, inbox } = JSON.parse(line) as { url: string; inbox: string }
  return {
    url,
    inbox,
    stderr: () => stderr,
    signal: (name) => void child.kill(name),
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal)
      const code = await ended
      if (code !== 0) console.error(`dev ended with ${code}: ${stderr}`)
      return code
    },
  }
}

async function readLine(child: ChildProcess): Promise<string> {
  let text = ''
  return await new Promise((resolve) => {
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      text += part
      if (text.includes('\n')) resolve(text)
    })
  })
}
