import { expect, test } from 'vitest'
import { openDatabase } from '../../src/db/index.ts'
import { spawnCli } from '../helpers/cli.ts'
import { drop, hang, startScript } from '../helpers/smtp-script.ts'
import { expectNobodyTwice, makeSending, readRows, untilSent } from './send-make.ts'

const SLOW = { LETTERPRESS_LIMITS_PER_SECOND: '20' }

test('pause holds a send of another process, resume goes on with it, nobody is mailed twice', async () => {
  const server = await startScript({})
  const sending = await makeSending(400, server.port)
  const running = sending.start(['send', 'good', '--yes'], SLOW)
  await untilSent(server, 5, running)
  const paused = await sending.run(['pause', 'good'])
  expect(paused).toMatchObject({ code: 0, stdout: expect.stringContaining('paused') as string })
  expect(await running.code).toBe(3)
  expect(running.stderr()).toContain('Paused by another process')
  const status = await sending.status()
  expect(status).toMatchObject({ state: 'paused', handed: 0, accepted: server.messages.length })
  expect(status.pending).toBe(400 - server.messages.length)
  expect((await sending.run(['pause', 'good'])).stderr).toContain('paused before')

  const send = await sending.run(['send', 'good', '--yes'])
  expect(send).toMatchObject({ code: 3, stderr: expect.stringContaining('letterpress resume good') as string })
  expect(await sending.run(['retry', 'good'])).toMatchObject({ code: 3 })
  expect(server.messages).toHaveLength(status.accepted)

  const resumed = await sending.run(['--json', 'resume', 'good'])
  expect(resumed).toMatchObject({ code: 0 })
  expect(JSON.parse(resumed.stdout)).toMatchObject({ state: 'finished', accepted: 400, pending: 0 })
  expect(server.messages).toHaveLength(400)
  expectNobodyTwice(server)
  const what = await readRows(sending.root, 'SELECT what, how FROM run_events ORDER BY key')
  expect(what).toEqual([
    { what: 'approved', how: 'flag' },
    { what: 'paused', how: 'command' },
    { what: 'resumed', how: 'command' },
  ])
}, 60_000)

test('cancel ends a send of another process: who is left is skipped, and it cannot be sent again', async () => {
  const server = await startScript({})
  const sending = await makeSending(400, server.port)
  const running = sending.start(['send', 'good', '--yes'], SLOW)
  await untilSent(server, 5, running)
  const unsure = await sending.run(['cancel', 'good'])
  expect(unsure).toMatchObject({ code: 2, stderr: expect.stringContaining('delivery/cancel-not-confirmed') as string })
  expect(await sending.status()).toMatchObject({ state: 'sending' })
  const cancelled = await sending.run(['--json', 'cancel', 'good', '--yes'])
  expect(cancelled.code).toBe(0)
  expect(await running.code).toBe(3)
  const sent = server.messages.length
  expect(JSON.parse(cancelled.stdout)).toMatchObject({
    state: 'cancelled',
    accepted: sent,
    skipped: 400 - sent,
    pending: 0,
  })
  expect(cancelled.stderr).toContain(`${sent} got it, ${400 - sent} are skipped.`)
  for (const again of [['send'], ['send', '--new-readers'], ['resume'], ['retry']] as const) {
    const [command, ...flags] = again
    const yes = command === 'send' ? ['--yes'] : []
    expect(await sending.run([command, 'good', ...flags, ...yes])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('delivery/cancelled') as string,
    })
  }
  expect(await sending.run(['cancel', 'good', '--yes'])).toMatchObject({ code: 0 })
  expect(server.messages).toHaveLength(sent)
}, 60_000)

test('cancel works on what a killed process left: what was in flight is in doubt, the rest is skipped', async () => {
  const server = await startScript({ dot: ['250 ok', '250 ok', '250 ok', hang] })
  const sending = await makeSending(20, server.port)
  const running = sending.start(['send', 'good', '--yes'])
  await untilSent(server, 7, running)
  running.kill('SIGKILL')
  await running.code
  const cancelled = await sending.run(['--json', 'cancel', 'good', '--yes'])
  expect(cancelled.code).toBe(0)
  const status = JSON.parse(cancelled.stdout) as Record<string, number>
  expect(status).toMatchObject({ state: 'cancelled', handed: 0, pending: 0, accepted: 3 })
  expect(status['unknown']).toBe(4)
  expect(status['skipped']).toBe(13)
  expect(await readRows(sending.root, 'SELECT DISTINCT note FROM deliveries WHERE state = 6')).toEqual([
    { note: 'cancelled' },
  ])
}, 60_000)

test('cancel ends what is deferred and what is paused', async () => {
  const server = await startScript({ rcpt: ['250 ok', '451 4.7.1 later'] })
  const sending = await makeSending(3, server.port)
  await sending.run(['send', 'good', '--yes', '--wait', '0s'], { LETTERPRESS_SMTP_CONNECTIONS: '1' })
  expect(await sending.run(['pause', 'good'])).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('No process was sending it') as string,
  })
  expect(await sending.run(['cancel', 'good', '--yes'])).toMatchObject({ code: 0 })
  expect(await sending.status()).toMatchObject({ state: 'cancelled', accepted: 1, deferred: 0, skipped: 2 })
}, 60_000)

test('retry mails those who were refused once more, but nobody who is suppressed by now', async () => {
  const server = await startScript({
    rcpt: ['250 ok', '554 5.7.1 not now', '550 5.1.1 nobody', '554 5.7.1 not now', '250 ok'],
  })
  const sending = await makeSending(5, server.port)
  const one = { LETTERPRESS_SMTP_CONNECTIONS: '1' }
  expect(await sending.run(['send', 'good', '--yes'], one)).toMatchObject({ code: 0 })
  expect(await sending.status()).toMatchObject({ accepted: 2, failed: 3 })
  const retried = await sending.run(['retry', 'good'])
  expect(retried).toMatchObject({ code: 0, stderr: expect.stringContaining('554 5.7.1 (2), 550 5.1.1 (1)') as string })
  expect(await sending.status()).toMatchObject({ state: 'finished', accepted: 4, failed: 0, skipped: 1 })
  expectNobodyTwice(server)
  const nothing = await sending.run(['retry', 'good'])
  expect(nothing).toMatchObject({ code: 0, stderr: expect.stringContaining('nothing was tried again') as string })
  expect(server.messages).toHaveLength(4)
}, 60_000)

test('retry leaves what is in doubt alone unless it is told to', async () => {
  const server = await startScript({ dot: [drop, '250 ok'] })
  const sending = await makeSending(2, server.port)
  await sending.run(['send', 'good', '--yes'], { LETTERPRESS_SMTP_CONNECTIONS: '1' })
  expect(await sending.run(['retry', 'good'])).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('--unknown resend') as string,
  })
  expect(server.messages).toHaveLength(2)
  expect(await sending.run(['retry', 'good', '--unknown', 'resend'])).toMatchObject({ code: 0 })
  expect(server.messages).toHaveLength(3)
  expect(await readRows(sending.root, "SELECT how, detail FROM run_events WHERE what = 'resent'")).toEqual([
    { how: 'flag', detail: '1' },
  ])
}, 60_000)

test('two processes that go on with one paused issue mail everybody once', async () => {
  const server = await startScript({})
  const sending = await makeSending(60, server.port)
  const running = sending.start(['send', 'good', '--yes'], SLOW)
  await untilSent(server, 3, running)
  await sending.run(['pause', 'good'])
  const resume = async () => await spawnCli(sending.root, ['resume', 'good'], { ...sending.env, ...SLOW })
  const both = await Promise.all([resume(), resume()])
  expect(both.map(({ code }) => String(code)).toSorted()).toEqual(['0', '3'])
  expect(both.map(({ stderr }) => stderr).join('')).toContain('is being sent by process')
  expect(server.messages).toHaveLength(60)
  expectNobodyTwice(server)
}, 60_000)

test.for(['pause', 'resume', 'cancel', 'retry'])(
  '%s says that nobody approved it',
  { timeout: 60_000 },
  async (lever) => {
    const sending = await makeSending(1)
    const result = await sending.run([lever, 'good'])
    expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining('delivery/never-approved') as string })
  },
)

test('a lever on an issue that is finished changes nothing', async () => {
  const server = await startScript({})
  const sending = await makeSending(2, server.port)
  await sending.run(['send', 'good', '--yes'])
  for (const lever of [['pause'], ['cancel', '--yes'], ['resume']] as const) {
    expect(await sending.run([lever[0], 'good', ...lever.slice(1)])).toMatchObject({ code: 0 })
  }
  expect(await sending.status()).toMatchObject({ state: 'finished', accepted: 2 })
  const db = await openDatabase({ url: 'sqlite:data/letterpress.db', root: sending.root })
  expect(await db.all('SELECT what FROM run_events')).toEqual([{ what: 'approved' }])
  await db.close()
}, 60_000)
