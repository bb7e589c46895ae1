import { describe, expect, test } from 'vitest'
import { drop, hang, type SmtpScript, startScript } from '../helpers/smtp-script.ts'
import { makeClock, makeReader } from './make.ts'
import { openTransport, sendAgain, sendTo } from './loop.ts'

const [pending, accepted, deferred, failed, unknown, skipped] = [0, 2, 3, 4, 5, 6]

/** Whom the server was asked to mail, and how often it got a message. */
function listRecipients(server: { readonly commands: readonly string[] }): string[] {
  return server.commands.filter((line) => line.startsWith('RCPT')).map((line) => /<(.*)>/.exec(line)?.[1] ?? '')
}

test('mails everybody once, over all connections', async () => {
  const server = await startScript({ extensions: ['PIPELINING'] })
  const { result, run, states } = await sendTo(server.port, 200, { transport: openTransport(server.port, 5) })
  expect(result).toMatchObject({ end: { kind: 'done' }, unsaved: 0, counts: { accepted: 200, pending: 0 } })
  expect(run).toMatchObject({ state: 'finished', counts: { accepted: 200 } })
  expect(new Set(states)).toEqual(new Set([accepted]))
  expect(server.connections()).toBe(5)
  expect(new Set(listRecipients(server)).size).toBe(200)
  expect(server.messages).toHaveLength(200)
})

test('a second send of a finished run mails nobody', async () => {
  const server = await startScript({})
  const { db, run } = await sendTo(server.port, 3)
  const again = await sendAgain(server.port, db, run.issueId)
  expect(again.result.end).toEqual({ kind: 'done' })
  expect(server.messages).toHaveLength(3)
})

describe('one recipient', () => {
  test('that does not exist is failed and never mailed again; the others get theirs', async () => {
    const server = await startScript({ rcpt: ['250 ok', '550 5.1.1 nobody here', '250 ok'] })
    const { db, states, run } = await sendTo(server.port, 3, { transport: openTransport(server.port, 1) })
    expect(states).toEqual([accepted, failed, accepted])
    expect(run.state).toBe('finished')
    expect(await db.all("SELECT key FROM subscribers WHERE status = 'bounced'")).toEqual([{ key: 2 }])
  })

  test('with a full mailbox is failed and stays on the list', async () => {
    const server = await startScript({ rcpt: '552 5.2.2 full' })
    const { db, states } = await sendTo(server.port, 1)
    expect(states).toEqual([failed])
    expect(await db.all("SELECT key FROM subscribers WHERE status = 'bounced'")).toEqual([])
  })

  test('that is deferred is tried again when it is due, with the same Date', async () => {
    const server = await startScript({ rcpt: ['451 4.7.1 grey', '250 ok'] })
    const { result, states, events, db } = await sendTo(server.port, 1, { retry: { firstMs: 600 }, waitMs: 5000 })
    expect(states).toEqual([accepted])
    expect(events.some(({ kind }) => kind === 'waiting')).toBe(true)
    expect(result.end).toEqual({ kind: 'done' })
    const row = await db.get<{ attempts: number; first_at: number }>('SELECT attempts, first_at FROM deliveries')
    expect(row?.attempts).toBe(2)
    const date = /^Date: (.*)$/m.exec(String(server.messages[0]))?.[1] ?? ''
    expect(new Date(date).getTime()).toBe(Math.floor((row?.first_at ?? 0) / 1000) * 1000)
  })

  test('that is deferred after the dot is mailed once more and counted', async () => {
    const server = await startScript({ dot: ['451 4.3.0 later', '250 ok'] })
    const { states, db } = await sendTo(server.port, 1, { retry: { firstMs: 30 }, waitMs: 5000 })
    expect(states).toEqual([accepted])
    expect(await db.all('SELECT kind, code FROM attempts')).toEqual([{ kind: 'transient', code: 451 }])
  })

  test('that is due later than the wait stays deferred, and the run tells when', async () => {
    const server = await startScript({ rcpt: '451 later' })
    const clock = makeClock()
    const { result, states, run, db } = await sendTo(server.port, 1, { clock })
    expect(states).toEqual([deferred])
    const { end } = result
    if (end.kind !== 'done' || !end.dueAt) throw new Error('no due time')
    expect(end.dueAt.getTime() - clock.now().getTime()).toBeGreaterThanOrEqual(300_000)
    expect(run.state).toBe('open')
    clock.move(3 * 3_600_000)
    const second = await sendAgain(server.port, db, run.issueId, { clock })
    expect(second.states).toEqual([deferred])
    clock.move(24 * 3_600_000)
    expect((await sendAgain(server.port, db, run.issueId, { clock })).states).toEqual([failed])
  })

  test.for(['unsubscribed', 'suppressed', 'forgotten'] as const)(
    'that is %s meanwhile gets nothing',
    async (reason) => {
      const server = await startScript({})
      const { states, db } = await sendTo(server.port, 3, {
        readers: {
          find: async (key) => await Promise.resolve(key === 2 ? reason : makeReader(key)),
          suppress: async () => await Promise.resolve(),
        },
      })
      expect(states).toEqual([accepted, skipped, accepted])
      expect(await db.get('SELECT note FROM deliveries WHERE reader_key = 2')).toEqual({ note: reason })
      expect(listRecipients(server)).not.toContain('reader-2@example.com')
    },
  )

  test('whose message cannot be made is failed; the others get theirs', async () => {
    const server = await startScript({})
    const { compose } = await import('./make.ts')
    const { states } = await sendTo(server.port, 3, {
      compose: async (reader, date) => (reader.id === 'r2' ? undefined : await compose(reader, date)),
    })
    expect(states).toEqual([accepted, failed, accepted])
  })
})

test('the signal ends it: what is in flight is finished, the rest stays for the next send', async () => {
  const server = await startScript({})
  const controller = new AbortController()
  const { result, states, db, run } = await sendTo(server.port, 100, {
    signal: controller.signal,
    onEvent: (event) => {
      if (event.kind === 'progress' && event.counts.accepted >= 10) controller.abort()
    },
  })
  expect(result.end).toEqual({ kind: 'interrupted' })
  expect(states.filter((state) => state === accepted)).toHaveLength(server.messages.length)
  expect(new Set(states)).toEqual(new Set([accepted, pending]))
  const second = await sendAgain(server.port, db, run.issueId)
  expect(new Set(second.states)).toEqual(new Set([accepted]))
  expect(server.messages).toHaveLength(100)
})

test('what is in flight for too long is cut, and in doubt', async () => {
  const server = await startScript({ dot: hang })
  const controller = new AbortController()
  const sending = sendTo(server.port, 10, {
    signal: controller.signal,
    drainMs: 50,
    transport: openTransport(server.port, 2, 60_000),
  })
  while (server.messages.length < 2) await new Promise((resolve) => setTimeout(resolve, 5))
  controller.abort()
  const { states, result } = await sending
  expect(result.end).toEqual({ kind: 'interrupted' })
  expect(states.filter((state) => state === unknown)).toHaveLength(2)
  expect(states.filter((state) => state === pending)).toHaveLength(8)
})

test.for([
  ['before the dot', { rcpt: ['250 ok', hang] }, { accepted: 1, pending: 9 }],
  ['after it', { dot: ['250 ok', hang] }, { accepted: 1, unknown: 1, pending: 8 }],
] as const)('a connection that is cut %s is no loss of the server', async ([, script, counts]) => {
  const server = await startScript(script)
  const controller = new AbortController()
  const sending = sendTo(server.port, 10, {
    signal: controller.signal,
    drainMs: 50,
    transport: openTransport(server.port, 1, 60_000),
  })
  const hasHung = () => server.commands.filter((line) => line.startsWith('DATA') || line.startsWith('RCPT')).length >= 3
  while (!hasHung() || (counts.pending === 8 && server.messages.length < 2)) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  controller.abort()
  const { events, db, run, result } = await sending
  expect(result.end).toEqual({ kind: 'interrupted' })
  expect(run.counts).toMatchObject(counts)
  expect(events.map(({ kind }) => kind)).not.toContain('pause')
  expect(await db.all('SELECT 1 FROM attempts WHERE reader_key IS NULL')).toEqual([])
})

const SCRIPTS: readonly SmtpScript[] = [
  { rcpt: ['250 ok', '451 4.7.1 later', '550 5.1.1 no', '250 ok', '250 ok'] },
  { dot: ['250 ok', drop, '451 4.3.0 later', '250 ok', '554 5.6.0 no', '250 ok'] },
  { data: ['354 go', drop, { reply: '354 go', hangUp: true }, '451 later', '354 go'] },
]

test.for(SCRIPTS)('whatever happens, the counters tell the truth (%j)', async (script) => {
  const server = await startScript({ ...script, extensions: ['PIPELINING'] })
  const { db, run, states, result } = await sendTo(server.port, 60, {
    transport: openTransport(server.port, 5),
    retry: { firstMs: 20, reconnects: 100 },
    waitMs: 10_000,
  })
  const count = (state: number) => states.filter((one) => one === state).length
  expect(run.counts).toMatchObject({ accepted: count(accepted), failed: count(failed), unknown: count(unknown) })
  expect(run.counts).toEqual(result.counts)
  expect(run.counts).toMatchObject({ pending: 0, handed: 0, deferred: 0 })
  const [{ n } = { n: 0 }] = await db.all<{ n: number }>('SELECT count(*) AS n FROM deliveries WHERE state = 1')
  expect(n).toBe(0)
})
