import { expect, test } from 'vitest'
import { cancel } from '../../src/commands/cancel.ts'
import { startScript } from '../helpers/smtp-script.ts'
import { makeSending, readRows, runAsked } from './send-make.ts'

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
