import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, vi } from 'vitest'
import { repository } from '../helpers/newsletter.ts'
import { type ScriptedServer, startScript } from '../helpers/smtp-script.ts'
import { expectNobodyTwice, makeSending, type Sending } from './send-make.ts'

const READERS = 150
const CONNECTIONS = 4
const letterpress = join(repository, 'bin/letterpress.js')

const WAYS = {
  direct: [process.execPath, [letterpress, 'send', 'good', '--yes']],
  // `true` keeps the shell there instead of becoming the command.
  'a shell': ['sh', ['-c', `'${process.execPath}' '${letterpress}' send good --yes; true`]],
  'npm run': ['npm', ['run', '--silent', 'go']],
  npx: ['npx', ['--offline', 'letterpress', 'send', 'good', '--yes']],
} as const satisfies Readonly<Record<string, readonly [string, readonly string[]]>>
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const

/** Who gets a signal: the pid of the program that was started, or its whole process group, as from a terminal. */
export interface SignalCase {
  readonly way: keyof typeof WAYS
  readonly signal: (typeof SIGNALS)[number]
  readonly to: 'the process' | 'the group'
}

/** Every way to start `send`, every signal that ends programs, either receiver: 32. */
export const SIGNAL_CASES: readonly SignalCase[] = (Object.keys(WAYS) as (keyof typeof WAYS)[]).flatMap((way) =>
  SIGNALS.flatMap((signal) => (['the process', 'the group'] as const).map((to) => ({ way, signal, to }))),
)

/** Mails a list, sends the signal in the midst of it, and the rest with the next command. Nobody is lost or mailed twice. */
export async function expectSound({ way, signal, to }: SignalCase): Promise<void> {
  const server = await startScript({})
  const sending = await makeSending(READERS, server.port)
  writePackage(sending.root)
  const child = startGroup(sending, server.port, WAYS[way])
  await vi.waitFor(() => expect(server.messages.length).toBeGreaterThan(4), { timeout: 40_000, interval: 20 })
  if (child.pid === undefined) throw new Error('it did not start')
  process.kill(to === 'the group' ? -child.pid : child.pid, signal)
  if (isKilled({ way, signal, to })) return await expectDoubtOnly(sending, server)
  if (isIgnored({ way, signal, to })) return await expectAllSent(sending, server)
  await expectDrained(sending, server)
  expect(await sending.run(['send', 'good', '--yes'])).toMatchObject({ code: 0 })
  expect(server.messages).toHaveLength(READERS)
  expectNobodyTwice(server)
}

function isKilled({ way, signal, to }: SignalCase): boolean {
  return signal === 'SIGKILL' && (way === 'direct' || to === 'the group')
}

/** What the send cannot know, or is not to heed: npm and npx keep a SIGINT to themselves; a shell may go (`send & exit`). */
function isIgnored({ way, signal, to }: SignalCase): boolean {
  return to === 'the process' && (way === 'a shell' || (way !== 'direct' && signal === 'SIGINT'))
}

async function expectAllSent(sending: Sending, server: ScriptedServer): Promise<void> {
  await vi.waitFor(async () => expect(await sending.status()).toMatchObject({ state: 'finished' }), {
    timeout: 40_000,
    interval: 200,
  })
  expect(server.messages).toHaveLength(READERS)
  expectNobodyTwice(server)
}

/** Killed: what was in flight, and no more, is in doubt. */
async function expectDoubtOnly(sending: Sending, server: ScriptedServer): Promise<void> {
  const next = await sending.run(['send', 'good', '--yes'])
  const status = await sending.status()
  expect(status).toMatchObject({ state: 'finished', handed: 0, pending: 0 })
  expect(status.unknown).toBeLessThanOrEqual(CONNECTIONS)
  expect(status.accepted).toBe(READERS - status.unknown)
  expect(next.code).toBe(status.unknown > 0 ? 3 : 0)
  expect(server.messages.length).toBeGreaterThanOrEqual(status.accepted)
  expectNobodyTwice(server)
}

/** What the command drained to, told by the ledger: nobody holds the run, nothing is in flight. */
async function expectDrained(sending: Sending, server: ScriptedServer): Promise<void> {
  await vi.waitFor(async () => expect(await sending.status()).toMatchObject({ state: 'incomplete', handed: 0 }), {
    timeout: 40_000,
    interval: 100,
  })
  const status = await sending.status()
  expect(status).toMatchObject({ unknown: 0, accepted: server.messages.length })
  expect(status.pending).toBe(READERS - server.messages.length)
}

/** What npm and npx look for. */
function writePackage(root: string): void {
  const scripts = { go: `"${process.execPath}" "${letterpress}" send good --yes` }
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'letters', private: true, scripts }))
  const commands = join(root, 'node_modules/.bin')
  mkdirSync(commands, { recursive: true })
  symlinkSync(letterpress, join(commands, 'letterpress'))
}

/** Starts a program that starts `send`, in a process group of its own. */
function startGroup(
  sending: Sending,
  port: number,
  [command, args]: readonly [string, readonly string[]],
): ChildProcess {
  const child = spawn(command, args, {
    cwd: sending.root,
    detached: true,
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      HOME: sending.root,
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      LETTERPRESS_LIMITS_PER_SECOND: '20',
      LETTERPRESS_SMTP_CONNECTIONS: String(CONNECTIONS),
    },
  })
  onTestFinished(() => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // All of them have ended.
    }
  })
  return child
}
