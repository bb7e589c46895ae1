import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { repository } from '../helpers/newsletter.ts'
import type { Aim, ReceiverEvent, ReceiverOptions, Taken } from './receiver-types.ts'

/** The receiving server, from outside. */
export interface Receiver {
  readonly port: number
  /** Everything taken so far, over all its lives, in order. */
  log(): readonly Taken[]
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>
  /** Again on the same port, with the same log. */
  restart(): Promise<void>
  /** Kills a sender from inside the server; null: does so no longer. */
  aim(aim: Aim | null): void
  /** The next connection that comes in. */
  connected(): Promise<void>
}

export async function startReceiver(options: ReceiverOptions): Promise<Receiver> {
  let child: ChildProcess | undefined
  let waiting: (() => void)[] = []
  const onEvent = (event: ReceiverEvent) => {
    if (event.kind !== 'connected') return
    for (const resolve of waiting) resolve()
    waiting = []
  }
  const launch = async (port?: number): Promise<number> => {
    const all = JSON.stringify({ ...options, ...(port === undefined ? {} : { port }) })
    child = spawn(process.execPath, ['--no-warnings', join(repository, 'test/chaos/receiver.ts'), all], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    child.on('message', onEvent)
    const ready = once(child, 'message') as Promise<[ReceiverEvent]>
    const [event] = await Promise.race([ready, once(child, 'exit').then(() => [undefined] as const)])
    if (event?.kind !== 'ready') throw new Error('the receiving server did not start')
    return event.port
  }
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  const port = await launch()
  onTestFinished(kill)
  return {
    port,
    kill,
    log: () => readLog(options.log),
    restart: async () => void (await launch(port)),
    aim: (aim) => {
      if (child?.connected === true) child.send({ aim })
    },
    connected: async () => await new Promise((resolve) => waiting.push(resolve)),
  }
}

// A server that is killed may leave half a line, never one that was answered.
function readLog(path: string): readonly Taken[] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1)
  return lines.map((line) => JSON.parse(line) as Taken)
}
