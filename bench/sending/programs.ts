/** Starts what the benches measure with: receivers, workers, C programs compiled on the spot. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { fetchNode } from '../../scripts/fetch-node.ts'

/** The sender has a core of its own, and so has the receiver: the faster one must not wait for the other's turn. */
export const SENDER_CORE = 0
export const RECEIVER_CORE = 1

const isPinnable = findProgram('taskset') !== undefined

/** A command that stays on one core, where `taskset` is there. */
export function pin(core: number, command: readonly string[]): readonly [string, ...string[]] {
  const [program = '', ...rest] = command
  return isPinnable ? ['taskset', '-c', String(core), program, ...rest] : [program, ...rest]
}

/** @returns absolute path; undefined when it is not installed. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

/** @throws Error that says how to install it. */
export function needPostfix(name: 'smtp-sink' | 'smtp-source'): string {
  const path = findProgram(name)
  if (path) return path
  throw new Error(`${name} is missing. It comes with Postfix, which need not run: apt-get install postfix`)
}

/**
 * Compiles a file of bench/native/.
 *
 * @returns absolute path of the program, or of the library to preload.
 * @throws Error when there is no C compiler.
 */
export function compile(name: 'sink' | 'slow-sync', folder: string): string {
  const source = fileURLToPath(new URL(`../native/${name}.c`, import.meta.url))
  const isLibrary = name === 'slow-sync'
  const target = join(folder, isLibrary ? `${name}.so` : name)
  const options = isLibrary ? ['-shared', '-fPIC'] : []
  const { status, stderr, error } = spawnSync('cc', [
    '-O2',
    ...options,
    '-o',
    target,
    source,
    ...(isLibrary ? ['-ldl'] : []),
  ])
  if (status === 0) return target
  throw new Error(`no C compiler (apt-get install gcc libc6-dev): ${error?.message ?? stderr.toString()}`)
}

export interface Receiver {
  readonly port: number
  stop(): Promise<void>
}

/** Postfix's own sink, on the receiver's core. */
export async function startPostfixSink(): Promise<Receiver> {
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  return await startReceiver((port) => [needPostfix('smtp-sink'), ...user, '-c', `127.0.0.1:${port}`, '1000'])
}

/** Our own, which is faster and can answer late. */
export async function startSink(program: string, delayMs = 0): Promise<Receiver> {
  return await startReceiver((port) => [program, String(port), String(delayMs)])
}

async function startReceiver(command: (port: number) => readonly string[]): Promise<Receiver> {
  const port = await findPort()
  const [program, ...rest] = pin(RECEIVER_CORE, command(port))
  const child = spawn(program, rest, { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()))
  const receiver = {
    port,
    stop: async () => {
      child.kill()
      await ended
    },
  }
  await waitFor(port, child)
  return receiver
}

async function waitFor(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null) throw new Error(`the receiver ended with ${child.exitCode}`)
    const isUp = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      socket.once('close', () => undefined).setTimeout(200, () => socket.destroy())
      socket.once('data', () => socket.destroy())
    })
    if (isUp) return
    await sleep(50)
  }
  throw new Error('the receiver does not listen')
}

async function findPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || address === null) throw new TypeError('no port')
  return address.port
}

/** Runtimes to measure: `--node 24.21.0,26.10.0`, fetched when they are missing; default: the one that runs. */
export function listRuntimes(): readonly string[] {
  const at = process.argv.indexOf('--node')
  const versions = at < 0 ? (process.env['NODES'] ?? '') : (process.argv[at + 1] ?? '')
  if (versions === '') return [process.execPath]
  return versions
    .split(',')
    .map((version) => (version === process.versions.node ? process.execPath : fetchNode(version)))
}

/** A number from the command line: `--messages 8000`. */
export function numberOption(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`)
  const value = at < 0 ? otherwise : Number(process.argv[at + 1])
  if (Number.isInteger(value) && value > 0) return value
  throw new Error(`--${name} takes a whole number`)
}
