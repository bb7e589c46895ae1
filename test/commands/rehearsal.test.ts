import { expect, test } from 'vitest'
import { startScript } from '../helpers/smtp-script.ts'
import { until } from './schedule-make.ts'
import { makeSending, readRows, type Sending } from './send-make.ts'

/** Mailed into the embedded inbox, without a server, and ended after the first reader. */
async function rehearse(sending: Sending, state: 'open' | 'paused'): Promise<void> {
  expect(await sending.run(['send', 'good', '--yes'], NO_SERVER)).toMatchObject({ code: 0 })
  await readRows(sending.root, 'UPDATE deliveries SET state = 0 WHERE reader_key > 1 RETURNING state')
  await readRows(
    sending.root,
    `UPDATE runs SET accepted = 1, finished_at = NULL, by_serve = 1, state = '${state}' RETURNING key`,
  )
}

const NO_SERVER = { SMTP_URL: '' }

test('what is left of a rehearsal never goes out for real', async () => {
  const server = await startScript({})
  const sending = await makeSending(3, server.port)
  await rehearse(sending, 'paused')
  for (const command of [
    ['resume', 'good'],
    ['retry', 'good', '--unknown', 'resend'],
  ]) {
    expect(await sending.run(command)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('delivery/rehearsal') as string,
    })
  }
  expect(server.messages).toHaveLength(0)
  expect(await sending.status()).toMatchObject({ state: 'paused', accepted: 1, pending: 2 })

  // Without a server it goes on as a rehearsal.
  expect(await sending.run(['resume', 'good'], NO_SERVER)).toMatchObject({ code: 0 })
  expect(await sending.status()).toMatchObject({ state: 'finished', accepted: 3 })
}, 60_000)

test('after a rehearsal, send begins the first real send, with everybody', async () => {
  const server = await startScript({})
  const sending = await makeSending(3, server.port)
  await rehearse(sending, 'open')
  const sent = await sending.run(['send', 'good', '--yes'])
  expect(sent).toMatchObject({ code: 0, stderr: expect.stringContaining('the first real send') as string })
  expect(server.messages).toHaveLength(3)
  expect(await readRows(sending.root, 'SELECT transport FROM runs')).toEqual([{ transport: 'smtp' }])
}, 60_000)

test('serve leaves the rest of a rehearsal alone when a server is set', async () => {
  const server = await startScript({})
  const sending = await makeSending(3, server.port)
  await rehearse(sending, 'open')
  const serving = sending.begin(['serve', '--port', '0'])
  await until(() => serving.stderr().includes('was approved for the embedded inbox'))
  serving.stop()
  expect(await serving.code).toBe(0)
  expect(server.messages).toHaveLength(0)
}, 60_000)
