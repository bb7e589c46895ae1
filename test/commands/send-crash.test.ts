import { expect, test } from 'vitest'
import { openDatabase } from '../../src/db/index.ts'
import { seedRandom } from '../helpers/random.ts'
import { type Behaviour, drop, hang, startScript } from '../helpers/smtp-script.ts'
import { until } from './schedule-make.ts'
import { endByLater, expectNobodyTwice, listReceivers, makeSending, type Sending, untilSent } from './send-make.ts'

const CONNECTIONS = 4
const sleep = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms))

async function readWho(sending: Sending, state: string): Promise<string[]> {
  const { stdout } = await sending.run(['--json', 'status', 'good', '--who', state])
  return (JSON.parse(stdout) as { readers: { email: string }[] }).readers.map(({ email }) => email)
}

test('killed at many moments: nobody is mailed twice, and only who is reported unknown may have been lost', async () => {
  const server = await startScript({ extensions: ['PIPELINING'] })
  const sending = await makeSending(150, server.port)
  const random = seedRandom(20)
  let kills = 0
  while (kills < 5) {
    const running = sending.start(['send', 'good', '--yes'])
    await untilSent(server, server.messages.length + 2 + random.below(20), running)
    await sleep(random.below(4))
    running.kill('SIGKILL')
    if ((await running.code) !== null) break
    kills++
  }
  expect(kills).toBeGreaterThan(2)
  const last = await sending.run(['send', 'good', '--yes'])
  const status = await sending.status()
  const unknown = await readWho(sending, 'unknown')
  expect(status).toMatchObject({ state: 'finished', total: 150, pending: 0, handed: 0, deferred: 0 })
  expect(status.accepted + status.unknown).toBe(150)
  expect(status.unknown).toBe(unknown.length)
  expect(status.unknown).toBeLessThanOrEqual(kills * CONNECTIONS)
  expect(last.code).toBe(unknown.length > 0 ? 3 : 0)
  expectNobodyTwice(server)
  const reached = new Set([...listReceivers(server.messages), ...unknown])
  expect(reached.size).toBe(150)
}, 240_000)

test('killed among faults of the server: the ledger stays true, and nobody is mailed twice', async () => {
  const random = seedRandom(5)
  const mix = (good: string, bad: readonly Behaviour[]): Behaviour[] =>
    Array.from({ length: 997 }, () => (random.below(25) === 0 ? random.pick(bad) : good))
  const server = await startScript({
    extensions: ['PIPELINING'],
    mail: mix('250 ok', ['421 4.7.0 slow down', drop]),
    rcpt: mix('250 ok', ['451 4.7.1 later', '550 5.7.1 no', '421 4.3.2 bye', drop]),
    data: mix('354 go', ['451 later', drop, { reply: '354 go', hangUp: true }, '503 5.5.1 what']),
    // Nothing but 2xx or silence, so that a message which arrived whole counts.
    dot: mix('250 ok', [drop]),
  })
  const sending = await makeSending(200, server.port)
  const env = {
    LETTERPRESS_RETRY_FIRST_MS: '100',
    LETTERPRESS_RETRY_SLOW_MS: '100',
    LETTERPRESS_RETRY_RECONNECTS: '50',
  }
  for (let kills = 0; kills < 3; kills++) {
    const running = sending.start(['send', 'good', '--yes'], env)
    await untilSent(server, server.messages.length + 2 + random.below(20), running)
    running.kill('SIGKILL')
    await running.code
  }
  await sending.run(['send', 'good', '--yes'], env)
  const status = await sending.status()
  expect(status).toMatchObject({ state: 'finished', pending: 0, handed: 0, deferred: 0 })
  expect(status.accepted + status.unknown + status.failed).toBe(200)
  expectNobodyTwice(server)
  const reached = new Set(listReceivers(server.messages))
  for (const email of await readWho(sending, 'accepted')) expect(reached).toContain(email)
  for (const email of await readWho(sending, 'failed')) expect(reached).not.toContain(email)
}, 120_000)

test.for(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s: what is in flight is finished, the rest goes out with the next send',
  { timeout: 60_000 },
  async (signal) => {
    const server = await startScript({})
    const sending = await makeSending(200, server.port)
    const running = sending.start(['send', 'good', '--yes'])
    await untilSent(server, 20, running)
    running.kill(signal)
    expect(await running.code).toBe(130)
    expect(running.stderr()).toMatch(/^Stopping: \d in flight, at most \d+ s\. Ctrl-C again ends at once\.$/m)
    expect(running.stderr()).toContain('Stopped as asked')
    const status = await sending.status()
    expect(status).toMatchObject({ state: 'incomplete', handed: 0, unknown: 0 })
    expect(status.accepted).toBe(server.messages.length)
    expect(status.pending).toBe(200 - server.messages.length)
    expect(await sending.run(['send', 'good', '--yes'])).toMatchObject({ code: 0 })
    expect(server.messages).toHaveLength(200)
    expectNobodyTwice(server)
  },
)

test('a second Ctrl-C ends at once and says what that means', async () => {
  const server = await startScript({ dot: [...Array.from({ length: 20 }, () => '250 ok'), hang] })
  const sending = await makeSending(100, server.port)
  const running = sending.start(['send', 'good', '--yes', '--quiet'])
  await untilSent(server, 24, running)
  running.kill('SIGINT')
  await until(() => running.stderr().includes('Stopping: 4 in flight'))
  await endByLater(running, 'SIGINT')
  expect(await running.code).toBe(130)
  expect(running.stderr()).toMatch(/^Stopping: 4 in flight, at most/m)
  expect(running.stderr()).toContain('in doubt. `letterpress status` shows it.')
  expect(running.stderr()).not.toContain('Stopped as asked')
  expect(await sending.status()).toMatchObject({ accepted: 20, handed: 4, pending: 76 })
}, 60_000)

test('a second send is told who is at it; status is live; who unsubscribes meanwhile gets nothing', async () => {
  const server = await startScript({})
  const sending = await makeSending(60, server.port)
  const slow = sending.start(['send', 'good', '--yes'], { LETTERPRESS_LIMITS_PER_SECOND: '20' })
  await untilSent(server, 5, slow)
  const db = await openDatabase({ url: 'sqlite:data/letterpress.db', root: sending.root })
  await db.run("UPDATE subscribers SET status = 'unsubscribed' WHERE key > 55")
  await db.close()
  const [second, status] = await Promise.all([sending.run(['send', 'good', '--yes']), sending.status()])
  expect(second).toMatchObject({ code: 3, stderr: expect.stringContaining(`process ${slow.pid}`) as string })
  expect(status.state).toBe('sending')
  expect(await slow.code).toBe(0)
  expect(await sending.status()).toMatchObject({ state: 'finished', accepted: 55, skipped: 5 })
  expect(server.messages).toHaveLength(55)
  expectNobodyTwice(server)
}, 60_000)

test('unknown deliveries are sent again when the author says so, and only then', async () => {
  const server = await startScript({ dot: [hang, '250 ok'] })
  const sending = await makeSending(3, server.port)
  const env = { LETTERPRESS_SMTP_TIMEOUT_MS: '1500', LETTERPRESS_SMTP_CONNECTIONS: '1' }
  const first = await sending.run(['send', 'good', '--yes'], env)
  expect(first).toMatchObject({ code: 3, stderr: expect.stringContaining('--unknown resend') as string })
  expect(await sending.status()).toMatchObject({ state: 'finished', accepted: 2, unknown: 1 })
  expect(await sending.run(['send', 'good', '--yes'])).toMatchObject({ code: 3 })
  expect(server.messages).toHaveLength(3)
  expect(await sending.run(['send', 'good', '--yes', '--unknown', 'resend'])).toMatchObject({ code: 0 })
  expect(server.messages).toHaveLength(4)
  const ids = server.messages.map((message) => /^Message-ID: (.*)$/im.exec(String(message))?.[1])
  expect(new Set(ids).size).toBe(3)
}, 60_000)

test.for([
  ['is not there', { greeting: { reply: '554 go away', hangUp: true } }],
  ['refuses the login', { extensions: ['AUTH PLAIN'], auth: '535 5.7.8 wrong' }],
] as const)(
  'a server that %s: nothing is frozen, nothing sent, and a rerun completes',
  { timeout: 60_000 },
  async ([, script]) => {
    const server = await startScript(script)
    const sending = await makeSending(3)
    const env = { SMTP_URL: `smtp://ada:hunter2@127.0.0.1:${server.port}` }
    const failed = await sending.run(['send', 'good', '--yes'], env)
    expect(failed).toMatchObject({ code: 4, stderr: expect.stringContaining('Nothing was sent') as string })
    expect(failed.stderr).not.toContain('hunter2')
    expect(await sending.status()).toMatchObject({ state: 'unsent' })
    const good = await startScript({})
    const again = await sending.run(['send', 'good', '--yes'], { SMTP_URL: `smtp://127.0.0.1:${good.port}` })
    expect(again.code).toBe(0)
    expect(good.messages).toHaveLength(3)
  },
)

test('a deferred reader is waited for, and said to be due when the wait is too short', async () => {
  const server = await startScript({ rcpt: ['451 4.7.1 grey', '451 4.7.1 grey', '250 ok'] })
  const sending = await makeSending(2, server.port)
  const short = await sending.run(['send', 'good', '--yes', '--wait', '1s'])
  expect(short).toMatchObject({ code: 3, stderr: expect.stringMatching(/2 were deferred.*first at \d{4}-/) as string })
  expect(await sending.status()).toMatchObject({ state: 'incomplete', deferred: 2 })
  const who = await sending.run(['status', 'good', '--who', 'deferred', '--csv'])
  expect(who.stdout.split('\n')[1]).toMatch(/^reader-1@example\.com,deferred,1,\S+,\S+,451,451 4\.7\.1 grey$/)
  const db = await openDatabase({ url: 'sqlite:data/letterpress.db', root: sending.root })
  await db.run('UPDATE deliveries SET next_at = 1')
  await db.close()
  expect(await sending.run(['send', 'good', '--yes'])).toMatchObject({ code: 0 })
  const third = await makeSending(1, (await startScript({ rcpt: ['451 later', '250 ok'] })).port)
  const waited = await third.run(['send', 'good', '--yes'], { LETTERPRESS_RETRY_FIRST_MS: '200' })
  expect(waited).toMatchObject({ code: 0, stderr: expect.stringContaining('Waiting until') as string })
}, 60_000)

test('a reader whose address does not exist is never mailed again, and --strict makes it count', async () => {
  const server = await startScript({ rcpt: ['250 ok', '550 5.1.1 <reader-2@example.com>: nobody', '250 ok'] })
  const sending = await makeSending(3, server.port)
  const sent = await sending.run(['send', 'good', '--yes', '--strict'], { LETTERPRESS_SMTP_CONNECTIONS: '1' })
  expect(sent).toMatchObject({ code: 3, stdout: expect.stringContaining('2 accepted, 1 failed of 3') as string })
  expect(await sending.run(['send', 'good', '--yes'])).toMatchObject({ code: 0 })
  const db = await openDatabase({ url: 'sqlite:data/letterpress.db', root: sending.root })
  expect(await db.all('SELECT email_key, reason, detail FROM suppressions')).toEqual([
    { email_key: 'reader-2@example.com', reason: 'bounced', detail: '550 5.1.1' },
  ])
  expect(await db.all("SELECT email FROM subscribers WHERE status = 'bounced'")).toHaveLength(1)
  expect(await db.all('SELECT reply FROM attempts')).toEqual([{ reply: '550 5.1.1 <…>: nobody' }])
  await db.close()
  const { stdout } = await sending.run(['--json', 'plan', 'good'])
  expect(JSON.parse(stdout)).toMatchObject({
    audience: 2,
    leftOut: { bounced: 1 },
    run: { state: 'finished', failed: 1 },
  })
}, 60_000)

test('a store that breaks for good: what is told is what the ledger holds', async () => {
  const server = await startScript({})
  const sending = await makeSending(300, server.port)
  const db = await openDatabase({ url: 'sqlite:data/letterpress.db', root: sending.root })
  await db.run(
    "CREATE TRIGGER full BEFORE UPDATE ON deliveries WHEN (SELECT accepted FROM runs) >= 50 BEGIN SELECT raise(ABORT, 'full'); END",
  )
  await db.run("CREATE TRIGGER stuck BEFORE DELETE ON runners BEGIN SELECT raise(ABORT, 'full'); END")
  const sent = await sending.run(['--json', 'send', 'good', '--yes'])
  expect(sent.code).toBe(4)
  const told = JSON.parse(sent.stdout) as Record<string, number>
  expect(told['accepted']).toBeGreaterThanOrEqual(50)
  const { accepted, pending, handed } = await sending.status()
  expect(told).toMatchObject({ accepted, pending, handed })
  expect(sent.stderr).toContain(`${pending} were not sent`)
  await db.close()
}, 60_000)
