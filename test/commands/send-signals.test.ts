import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { repository } from '../helpers/newsletter.ts'
import { type ScriptedServer, startScript } from '../helpers/smtp-script.ts'
import { expectNobodyTwice, makeSending, type Sending } from './send-make.ts'

const READERS = 150
const letterpress = join(repository, 'bin/letterpress.js')

/** Starts a program that starts `send`, in a process group of its own. */
function startGroup(sending: Sending, port: number, command: string, args: readonly string[]): ChildProcess {
  const child = spawn(command, args, {
    cwd: sending.root,
    detached: true,
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      HOME: sending.root,
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      LETTERPRESS_LIMITS_PER_SECOND: '20',
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

async function untilSending(server: ScriptedServer): Promise<void> {
  await vi.waitFor(() => expect(server.messages.length).toBeGreaterThan(4), { timeout: 40_000, interval: 20 })
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

const WAYS = {
  direct: [process.execPath, [letterpress, 'send', 'good', '--yes']],
  'a shell': ['sh', ['-c', `'${process.execPath}' '${letterpress}' send good --yes; true`]],
  'npm run': ['npm', ['run', '--silent', 'go']],
} as const satisfies Readonly<Record<string, readonly [string, readonly string[]]>>

type Case = readonly [way: keyof typeof WAYS, signal: NodeJS.Signals, to: 'the process' | 'the group']

const CASES: readonly Case[] = [
  ['direct', 'SIGINT', 'the group'],
  ['direct', 'SIGTERM', 'the group'],
  ['direct', 'SIGHUP', 'the process'],
  ['a shell', 'SIGINT', 'the group'],
  ['a shell', 'SIGHUP', 'the group'],
  ['npm run', 'SIGINT', 'the group'],
  ['npm run', 'SIGTERM', 'the process'],
  ['npm run', 'SIGHUP', 'the process'],
  ['npm run', 'SIGKILL', 'the process'],
]

test.skipIf(process.platform !== 'linux').for(CASES)(
  'started by %s, %s to %s: it drains, and the next send goes on',
  { timeout: 120_000 },
  async ([way, signal, to]) => {
    const server = await startScript({})
    const sending = await makeSending(READERS, server.port)
    const scripts = { go: `"${process.execPath}" "${letterpress}" send good --yes` }
    writeFileSync(join(sending.root, 'package.json'), JSON.stringify({ private: true, scripts }))
    const [command, args] = WAYS[way]
    const child = startGroup(sending, server.port, command, args)
    await untilSending(server)
    if (child.pid === undefined) throw new Error('it did not start')
    process.kill(to === 'the group' ? -child.pid : child.pid, signal)
    await expectDrained(sending, server)
    expect(await sending.run(['send', 'good', '--yes'])).toMatchObject({ code: 0 })
    expect(server.messages).toHaveLength(READERS)
    expectNobodyTwice(server)
  },
)

test.skipIf(process.platform !== 'linux')(
  'an echo of the first signal changes nothing; a later one ends it at once, and the next send goes on',
  { timeout: 120_000 },
  async () => {
    const slow = Array.from({ length: 4 }, () => ({ reply: '250 ok', afterMs: 20_000 }))
    const server = await startScript({ dot: [...Array.from({ length: 10 }, () => '250 ok'), ...slow, '250 ok'] })
    const sending = await makeSending(40, server.port)
    const running = sending.start(['send', 'good', '--yes'])
    await vi.waitFor(() => expect(server.messages.length).toBeGreaterThanOrEqual(14), { timeout: 40_000 })
    running.kill('SIGTERM')
    running.kill('SIGINT')
    await vi.waitFor(() => expect(running.stderr()).toContain('Stopping: 4 in flight'), { timeout: 10_000 })
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect(running.stderr()).not.toContain('Ended at once')
    running.kill('SIGINT')
    expect(await running.code).toBe(130)
    expect(running.stderr()).toContain('Ended at once')
    expect(await sending.status()).toMatchObject({ accepted: 10, handed: 4, pending: 26 })
    const again = await sending.run(['send', 'good', '--yes'])
    expect(again).toMatchObject({ code: 3, stderr: expect.stringContaining('of 4 messages it is unknown') as string })
    expect(await sending.status()).toMatchObject({ state: 'finished', unknown: 4, accepted: 36 })
  },
)
