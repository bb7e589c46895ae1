import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { runCommandLine } from '../../src/command-line.ts'
import { repository } from './newsletter.ts'

/** What a finished command said. */
export interface CliResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CliOptions {
  /** Aborted: as Ctrl-C does it. */
  readonly signal?: AbortSignal
  /** Called with what it says on stderr, piece by piece. */
  readonly onStderr?: (text: string) => void
}

type Variables = Readonly<Record<string, string>>

/**
 * Runs a command line in a folder, without variables that would change what it does: the whole program in this process,
 * over streams of its own. What is about a process (signals, pipes, memory, two at once) takes `spawnCli`.
 */
export async function runCli(
  root: string,
  args: readonly string[],
  env: Variables = {},
  { signal = new AbortController().signal, onStderr }: CliOptions = {},
): Promise<CliResult> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const said = Promise.all([text(stdout), text(stderr)])
  if (onStderr) stderr.setEncoding('utf8').on('data', onStderr)
  const code = await runCommandLine(args, {
    stdin: Readable.from([]),
    stdout,
    stderr,
    environment: environmentOf(env),
    cwd: root,
    listenForStop: () => ({ signal, release: () => undefined }),
  })
  stdout.end()
  stderr.end()
  const [out, err] = await said
  return { code, stdout: out, stderr: err }
}

/** The same in a process of its own, with the program that a shell would start. */
export async function spawnCli(root: string, args: readonly string[], env: Variables = {}): Promise<CliResult> {
  const child = spawn(process.execPath, [join(repository, 'bin/letterpress.js'), ...args], {
    cwd: root,
    env: environmentOf(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const code = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await code, stdout, stderr }
}

function environmentOf(env: Variables): Record<string, string | undefined> {
  return { PATH: process.env['PATH'], NO_COLOR: '1', ...env }
}
