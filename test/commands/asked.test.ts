import { expect, test } from 'vitest'
import { cancel } from '../../src/commands/cancel.ts'
import { resume } from '../../src/commands/resume.ts'
import { send } from '../../src/commands/send.ts'
import { drop, hang, startScript } from '../helpers/smtp-script.ts'
import { makeSending, readRows, runAsked, untilSent } from './send-make.ts'

const LATER = { rcpt: ['250 ok', '451 4.7.1 later', '250 ok'] } as const
const ONE = { LETTERPRESS_SMTP_CONNECTIONS: '1' }

test('cancel says so when the send ended while the name was typed', async () => {
  const server = await startScript({ ...LATER })
  const sending = await makeSending(2, server.port)
  await sending.run(['send', 'good', '--yes', '--wait', '0s'], ONE)
  const cancelled = await runAsked(sending, cancel, {}, async () => {
    await readRows(sending.root, 'UPDATE deliveries SET next_at = 1 WHERE next_at IS NOT NULL RETURNING next_at')
    expect(await sending.run(['send', 'good', '--yes'], ONE)).toMatchObject({ code: 0 })
    return 'good'
  })
  expect(cancelled).toMatchObject({ code: 0, stderr: expect.stringContaining('Nothing is left to cancel') as string })
  expect(cancelled.asked).toHaveLength(1)
  expect(cancelled.stdout).toContain('finished: 2 accepted')
  expect(await sending.status()).toMatchObject({ state: 'finished', accepted: 2, skipped: 0 })
}, 60_000)

test('cancel goes through when somebody else cancelled while the name was typed', async () => {
  const server = await startScript({ ...LATER })
  const sending = await makeSending(2, server.port)
  await sending.run(['send', 'good', '--yes', '--wait', '0s'], ONE)
  const cancelled = await runAsked(sending, cancel, {}, async () => {
    expect(await sending.run(['cancel', 'good', '--yes'])).toMatchObject({ code: 0 })
    return 'good'
  })
  expect(cancelled).toMatchObject({ code: 0, stderr: expect.stringContaining('1 got it, 1 are skipped') as string })
}, 60_000)

/** Of two readers one is in doubt and one has it. */
async function makeDoubt() {
  const server = await startScript({ dot: [drop, '250 ok'] })
  const sending = await makeSending(2, server.port)
  await sending.run(['send', 'good', '--yes'], ONE)
  expect(await sending.status()).toMatchObject({ state: 'finished', accepted: 1, unknown: 1 })
  return { server, sending, runners: async () => await readRows(sending.root, 'SELECT token FROM runners') }
}

test('what is in doubt is asked about while nobody holds the send', async () => {
  const { server, sending, runners } = await makeDoubt()
  const sent = await runAsked(sending, send, {}, async () => {
    expect(await runners()).toEqual([])
    return 'y'
  })
  expect(sent).toMatchObject({ code: 0, asked: [expect.stringContaining('Send them again?')] })
  expect(sent.stderr).toContain('1 in doubt is sent again')
  expect(server.messages).toHaveLength(3)
  expect(await readRows(sending.root, "SELECT how, detail FROM run_events WHERE what = 'resent'")).toEqual([
    { how: 'typed', detail: '1' },
  ])
}, 60_000)

test.for([
  ['no', 'n', 3],
  ['Ctrl-C', undefined, 130],
] as const)('%s to that question sends nothing', { timeout: 60_000 }, async ([, answer, code]) => {
  const { server, sending } = await makeDoubt()
  expect(await runAsked(sending, send, {}, () => answer)).toMatchObject({ code, asked: [expect.any(String)] })
  expect(server.messages).toHaveLength(2)
  expect(await sending.status()).toMatchObject({ state: 'finished', accepted: 1, unknown: 1 })
})

test('what came into doubt while the question was open was not agreed to', async () => {
  const { server, sending } = await makeDoubt()
  const sent = await runAsked(sending, send, {}, async () => {
    await readRows(sending.root, 'UPDATE deliveries SET state = 5 WHERE state = 2 RETURNING state')
    await readRows(sending.root, 'UPDATE runs SET accepted = 0, unknown = 2 RETURNING key')
    return 'y'
  })
  expect(sent).toMatchObject({ code: 3, stderr: expect.stringContaining('More are in doubt by now') as string })
  expect(server.messages).toHaveLength(2)
}, 60_000)

test('what a dead process left in flight is asked about by resume, too', async () => {
  const server = await startScript({ dot: ['250 ok', hang, '250 ok'] })
  const sending = await makeSending(3, server.port)
  const running = sending.start(['send', 'good', '--yes'], ONE)
  await untilSent(server, 2, running)
  running.kill('SIGKILL')
  await running.code
  await sending.run(['pause', 'good'])
  const resumed = await runAsked(sending, resume, {}, () => 'y')
  expect(resumed).toMatchObject({ code: 0, asked: [expect.stringContaining('1 may have arrived or not')] })
  expect(await sending.status()).toMatchObject({ state: 'finished', accepted: 3, unknown: 0 })
  expect(server.messages).toHaveLength(4)
}, 60_000)
