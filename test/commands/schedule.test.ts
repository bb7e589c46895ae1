import { expect, test } from 'vitest'
import { startScript } from '../helpers/smtp-script.ts'
import { beginServe, change, HOUR_MS, inMs, makeOverdue, startServe, until, untilFinished } from './schedule-make.ts'
import { expectNobodyTwice, makeSending, readRows } from './send-make.ts'

test('a send with a time freezes at once and goes out by itself when it comes', async () => {
  const server = await startScript({})
  const sending = await makeSending(3, server.port)
  const running = sending.begin(['send', 'good', '--yes', '--at', inMs(HOUR_MS)])
  await until(() => running.stderr().includes('Ctrl-C leaves it scheduled'))
  expect(await sending.status()).toMatchObject({ state: 'scheduled' })
  expect(server.messages).toHaveLength(0)
  expect((await sending.run(['plan', 'good'])).stdout).toContain('scheduled')
  // The hour passes.
  const startsAt = Date.now() + 500
  await change(sending.root, 'UPDATE runs SET starts_at = ?', [startsAt])
  expect(await running.code).toBe(0)
  expect(server.messages).toHaveLength(3)
  const status = await sending.status()
  expect(status).toMatchObject({ state: 'finished', startsAt: null })
  expect(Date.parse(status.startedAt ?? '')).toBeGreaterThanOrEqual(startsAt)
}, 60_000)

test('Ctrl-C leaves it scheduled; it can be moved, paused and cancelled; nothing goes out before its time', async () => {
  const server = await startScript({})
  const sending = await makeSending(3, server.port)
  const running = sending.start(['send', 'good', '--yes', '--at', inMs(5 * HOUR_MS)])
  await until(() => running.stderr().includes('leaves it scheduled'))
  running.kill('SIGINT')
  expect(await running.code).toBe(130)
  expect(running.stderr()).toContain('It stays scheduled for')
  expect(await sending.status()).toMatchObject({ state: 'scheduled', startedAt: null, total: 3, pending: 3 })
  expect(await sending.run(['retry', 'good'])).toMatchObject({ code: 2 })

  const moved = sending.begin(['send', 'good', '--at', inMs(7 * HOUR_MS)])
  await until(() => moved.stderr().includes('leaves it scheduled'))
  expect(moved.stderr()).toContain('Moved to')
  expect(Date.parse((await sending.status()).startsAt ?? '')).toBeGreaterThan(Date.now() + 6 * HOUR_MS)
  expect(await sending.run(['pause', 'good'])).toMatchObject({ code: 0 })
  expect(await moved.code).toBe(3)
  expect(moved.stderr()).toContain('paused meanwhile')

  expect(await sending.run(['cancel', 'good', '--yes'])).toMatchObject({ code: 0 })
  expect(await sending.status()).toMatchObject({ state: 'cancelled', skipped: 3, startsAt: null })
  expect(server.messages).toHaveLength(0)
  const story = await readRows(sending.root, 'SELECT what FROM run_events ORDER BY key')
  expect(story).toEqual(['approved', 'scheduled', 'moved', 'paused', 'cancelled'].map((what) => ({ what })))
}, 60_000)

test('with a server that refuses, nothing is frozen: the author hears it while they are there', async () => {
  const server = await startScript({ greeting: { reply: '554 go away', hangUp: true } })
  const sending = await makeSending(3, server.port)
  const sent = await sending.run(['send', 'good', '--yes', '--at', inMs(HOUR_MS)])
  expect(sent).toMatchObject({ code: 4, stderr: expect.stringContaining('Nothing was sent') as string })
  expect(await sending.status()).toMatchObject({ state: 'unsent' })
}, 60_000)

test.for(['yesterday', '2020-01-01 08:00', '99:00'])('refuses --at %s', { timeout: 60_000 }, async (at) => {
  const server = await startScript({})
  const sending = await makeSending(1, server.port)
  const sent = await sending.run(['send', 'good', '--yes', '--at', at])
  expect(sent).toMatchObject({ code: 2, stderr: expect.stringContaining('delivery/bad-time') as string })
  expect(await sending.status()).toMatchObject({ state: 'unsent' })
})

test('a start more than a day late needs a word of the author, and the ledger keeps it', async () => {
  const server = await startScript({})
  const sending = await makeSending(2, server.port)
  await makeOverdue(sending, 30 * HOUR_MS)
  const refused = await sending.run(['send', 'good', '--yes'])
  expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining('--force') as string })
  expect(server.messages).toHaveLength(0)
  expect(await sending.status()).toMatchObject({ state: 'scheduled' })
  expect(await sending.run(['send', 'good', '--yes', '--force'])).toMatchObject({ code: 0 })
  expect(server.messages).toHaveLength(2)
  expect(await readRows(sending.root, "SELECT how, detail FROM run_events WHERE what = 'started'")).toEqual([
    { how: 'flag', detail: expect.stringMatching(/^forced, 30 h 0 min late$/) as string },
  ])
}, 60_000)

test('serve starts what is due when nobody else does, once, and says so', async () => {
  const server = await startScript({})
  const sending = await makeSending(40, server.port)
  await makeOverdue(sending, HOUR_MS)
  const serves = [startServe(sending), startServe(sending)]
  await untilFinished(sending)
  expect(server.messages).toHaveLength(40)
  expectNobodyTwice(server)
  const said = () => serves.map(({ stderr }) => stderr()).join('')
  await until(() => said().includes('good: finished: 40 accepted'))
  expect(said().match(/good: sending to 40 of 40 readers/g)).toHaveLength(1)
  for (const one of serves) one.kill('SIGTERM')
  expect(await Promise.all(serves.map(async ({ code }) => await code))).toEqual([0, 0])
}, 60_000)

test('serve leaves what is a day late alone, and what another process sends', async () => {
  const server = await startScript({})
  const sending = await makeSending(2, server.port)
  await makeOverdue(sending, 30 * HOUR_MS)
  const serving = beginServe(sending)
  await until(() => serving.stderr().includes('more than 24 hours ago'))
  expect(server.messages).toHaveLength(0)
  serving.stop()
  expect(await serving.code).toBe(0)
}, 60_000)

test('serve stops cleanly in the middle of a send, and the next one goes on with it', async () => {
  const server = await startScript({})
  const sending = await makeSending(200, server.port)
  await makeOverdue(sending, HOUR_MS)
  const first = startServe(sending, { LETTERPRESS_LIMITS_PER_SECOND: '20' })
  await until(() => server.messages.length > 5)
  first.kill('SIGTERM')
  expect(await first.code).toBe(0)
  const status = await sending.status()
  expect(status).toMatchObject({ state: 'incomplete', handed: 0, unknown: 0, accepted: server.messages.length })
  const second = startServe(sending)
  await untilFinished(sending)
  second.kill('SIGTERM')
  await second.code
  expect(server.messages).toHaveLength(200)
  expectNobodyTwice(server)
}, 60_000)

test('serve sends again what a server deferred, when it is due', async () => {
  const server = await startScript({ rcpt: ['451 4.7.1 grey', '250 ok'] })
  const sending = await makeSending(1, server.port)
  expect(await sending.run(['send', 'good', '--yes', '--wait', '0s'])).toMatchObject({ code: 3 })
  const serving = beginServe(sending)
  await new Promise((resolve) => setTimeout(resolve, 3000))
  expect(await sending.status()).toMatchObject({ deferred: 1 })
  await change(sending.root, 'UPDATE deliveries SET next_at = 1')
  await untilFinished(sending)
  expect(server.messages).toHaveLength(1)
  serving.stop()
  expect(await serving.code).toBe(0)
}, 60_000)

test('status --watch ends where a late start waits for the author', async () => {
  const server = await startScript({})
  const sending = await makeSending(1, server.port)
  await makeOverdue(sending, 30 * HOUR_MS)
  const watched = await sending.run(['status', 'good', '--watch'])
  expect(watched).toMatchObject({ code: 0, stdout: expect.stringContaining('scheduled') as string })
}, 20_000)
