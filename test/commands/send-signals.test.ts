import { expect, test, vi } from 'vitest'
import { startScript } from '../helpers/smtp-script.ts'
import { endByLater, makeSending } from './send-make.ts'
import { expectSound, type SignalCase } from './signal-cases.ts'

/** One of each kind; all 32 are in send-signals.deep.ts. */
const CASES: readonly SignalCase[] = [
  { way: 'direct', signal: 'SIGTERM', to: 'the group' },
  { way: 'direct', signal: 'SIGHUP', to: 'the process' },
  { way: 'a shell', signal: 'SIGINT', to: 'the group' },
  { way: 'npm run', signal: 'SIGKILL', to: 'the process' },
]

test.skipIf(process.platform !== 'linux').for(CASES)(
  'started by $way, $signal to $to: it drains, and the next send goes on',
  { timeout: 120_000 },
  async (signalCase) => await expectSound(signalCase),
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
    expect(running.stderr()).not.toContain('Ended at once')
    await endByLater(running, 'SIGINT')
    expect(await running.code).toBe(130)
    expect(running.stderr()).toContain('Ended at once')
    expect(await sending.status()).toMatchObject({ accepted: 10, handed: 4, pending: 26 })
    const again = await sending.run(['send', 'good', '--yes'])
    expect(again).toMatchObject({ code: 3, stderr: expect.stringContaining('of 4 messages it is unknown') as string })
    expect(await sending.status()).toMatchObject({ state: 'finished', unknown: 4, accepted: 36 })
  },
)
