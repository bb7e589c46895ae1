import { describe, expect, onTestFinished, test } from 'vitest'
import { send } from '../../src/commands/send.ts'
import { hang, startScript } from '../helpers/smtp-script.ts'
import { HOUR_MS, inMs, makeOverdue, until } from './schedule-make.ts'
import { ISSUE, makeSending, runAsked, untilSent } from './send-make.ts'

const ONE = { LETTERPRESS_SMTP_CONNECTIONS: '1' }

describe('with --json one document says how it stands, also when nothing was sent', () => {
  const UNSENT = { issue: 'good', state: 'unsent', total: 0, startedAt: null }

  test('the author broke off', async () => {
    const server = await startScript({})
    const sending = await makeSending(1, server.port)
    const sent = await runAsked(sending, send, {}, () => undefined, { json: true })
    expect(sent.code).toBe(130)
    expect(JSON.parse(sent.stdout)).toMatchObject(UNSENT)
  }, 60_000)

  test.for([true, false])('it was stopped, before it asked the server: %s', { timeout: 60_000 }, async (isEarly) => {
    const server = await startScript({ greeting: hang })
    const sending = await makeSending(1, server.port)
    const stop = new AbortController()
    const isTime = () => isEarly || server.connections() > 0
    const timer = setInterval(() => isTime() && stop.abort(), 20)
    onTestFinished(() => clearInterval(timer))
    const sent = await runAsked(sending, send, { yes: true }, () => '', { json: true, signal: stop.signal })
    expect(sent).toMatchObject({ code: 130, stderr: expect.stringContaining('Nothing was sent.') as string })
    expect(JSON.parse(sent.stdout)).toMatchObject(UNSENT)
  })

  test('the issue has errors', async () => {
    const bad = ISSUE.replace('[Entry](https://example.com/a)', '[Entry](https://example.com/a)\n\n![](good/none.png)')
    const sending = await makeSending(1, undefined, { 'issues/bad.md': bad })
    const sent = await sending.run(['--json', 'send', 'bad', '--yes'])
    expect(sent.code).toBe(1)
    expect(JSON.parse(sent.stdout)).toMatchObject({ ...UNSENT, issue: 'issues/bad.md', refusals: [expect.any(Object)] })
  }, 60_000)

  test('its time was more than a day ago', async () => {
    const server = await startScript({})
    const sending = await makeSending(1, server.port)
    await makeOverdue(sending, 30 * HOUR_MS)
    const sent = await sending.run(['--json', 'send', 'good', '--yes'])
    expect(sent.code).toBe(3)
    expect(JSON.parse(sent.stdout)).toMatchObject({ issue: 'good', state: 'scheduled', pending: 1 })
  }, 60_000)

  test('another process sends it', async () => {
    const server = await startScript({})
    const sending = await makeSending(200, server.port)
    const running = sending.start(['send', 'good', '--yes'], { LETTERPRESS_LIMITS_PER_SECOND: '20' })
    await untilSent(server, 3, running)
    const second = await sending.run(['--json', 'send', 'good', '--yes'])
    expect(second).toMatchObject({ code: 3, stderr: expect.stringContaining('is being sent by process') as string })
    expect(JSON.parse(second.stdout)).toMatchObject({ issue: 'good', state: 'sending', total: 200 })
    running.kill('SIGINT')
    expect(await running.code).toBe(130)
  }, 60_000)
})

test('retry ends with 3 while readers are pending, and says what mails them', async () => {
  const server = await startScript({ dot: ['250 ok', '454 Throttling failure: Daily message quota exceeded.'] })
  const sending = await makeSending(3, server.port)
  expect(await sending.run(['send', 'good', '--yes', '--wait', '1m'], ONE)).toMatchObject({ code: 3 })
  const retried = await sending.run(['retry', 'good'])
  expect(retried).toMatchObject({ code: 3, stderr: expect.stringContaining('2 are left: `letterpress send') as string })
  expect(await sending.status()).toMatchObject({ accepted: 1, pending: 2 })
}, 60_000)

test('plan tells when a scheduled send was approved and when it starts', async () => {
  const server = await startScript({})
  const sending = await makeSending(1, server.port)
  const running = sending.begin(['send', 'good', '--yes', '--at', inMs(HOUR_MS)])
  await until(() => running.stderr().includes('leaves it scheduled'))
  running.stop()
  await running.code
  const { stdout } = await sending.run(['plan', 'good'])
  expect(stdout).toMatch(/^ {2}approved {2}\d{4}-\d\d-\d\dT\S+Z, scheduled: .* of 1; `send` goes on with that$/m)
  expect(stdout).toMatch(/^ {2}starts {4}\w{3} \d{4}-\d\d-\d\d \d\d:\d\d \S+$/m)
}, 60_000)
