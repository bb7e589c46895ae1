import { describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/index.ts'
import { drop, hang, startScript } from '../helpers/smtp-script.ts'
import { openTransport, sendAgain, sendTo } from './loop.ts'

const [pending, accepted, failed, unknown] = [0, 2, 4, 5]

/** Whom the server was asked to mail, and how often it got a message. */
function listRecipients(server: { readonly commands: readonly string[] }): string[] {
  return server.commands.filter((line) => line.startsWith('RCPT')).map((line) => /<(.*)>/.exec(line)?.[1] ?? '')
}

/** Keys of readers that are never mailed again. */
async function bounced(db: Database): Promise<number[]> {
  const rows = await db.all<{ key: number }>("SELECT key FROM subscribers WHERE status = 'bounced' ORDER BY key")
  return rows.map(({ key }) => key)
}

describe('a server', () => {
  test.for([
    ['refuses the login', { mail: '530 5.7.0 log in' }],
    ['refuses the sender', { mail: '550 5.7.1 not yours' }],
    ['finds the message too large', { dot: '552 5.3.4 too big' }],
  ] as const)('that %s stops the run, and nobody is burnt', async ([, script]) => {
    const server = await startScript(script)
    const { result, states } = await sendTo(server.port, 20)
    expect(result.end).toMatchObject({ kind: 'server' })
    expect(new Set(states)).toEqual(new Set([pending]))
    expect(server.messages.length).toBeLessThanOrEqual(2)
  })

  test.for([
    ['is not there', { greeting: drop }],
    ['is busy', { greeting: { reply: '421 4.3.2 busy', hangUp: true } }],
    ['says 421 to every sender', { mail: { reply: '421 4.3.0 not now', hangUp: true } }],
    ['hangs', { mail: hang }],
  ] as const)('that %s is asked again a few times; then the run stops, and nobody is burnt', async ([, script]) => {
    const server = await startScript(script)
    const transport = openTransport(server.port, 3, 100)
    const { result, states, events, db } = await sendTo(server.port, 20, { transport })
    expect(result.end).toMatchObject({ kind: 'server' })
    expect(events.filter(({ kind }) => kind === 'pause')).toHaveLength(3)
    expect(new Set(states)).toEqual(new Set([pending]))
    expect(server.messages).toEqual([])
    expect(await db.all('SELECT DISTINCT reader_key, kind FROM attempts')).toEqual([
      { reader_key: null, kind: 'server' },
    ])
  })

  test('that drops in the middle of every message costs at most a few that are in doubt', async () => {
    const server = await startScript({ data: { reply: '354 go', hangUp: true } })
    const { result, states } = await sendTo(server.port, 50, { transport: openTransport(server.port, 3) })
    expect(result.end).toMatchObject({ kind: 'server' })
    // The dot can be on its way when the news of the end arrives.
    expect(states.filter((state) => state === unknown).length).toBeLessThanOrEqual(6)
    expect(states.filter((state) => state !== unknown && state !== pending)).toEqual([])
    expect(server.messages).toEqual([])
  })

  test('that comes back gets the rest', async () => {
    const closing = { reply: '421 4.3.2 restart', hangUp: true } as const
    const server = await startScript({
      mail: ['250 ok', '250 ok', closing, closing, '250 ok'],
      greeting: ['220 hi', '220 hi', closing, '220 hi'],
    })
    const { result, states } = await sendTo(server.port, 20)
    expect(result.end).toEqual({ kind: 'done' })
    expect(new Set(states)).toEqual(new Set([accepted]))
    expect(server.messages).toHaveLength(20)
  })

  test('that loses the connection after the dot leaves one message in doubt, which is not sent again', async () => {
    const server = await startScript({ dot: ['250 ok', drop, '250 ok'] })
    const { states, run, db } = await sendTo(server.port, 10, { transport: openTransport(server.port, 1) })
    expect(states.filter((state) => state === unknown)).toHaveLength(1)
    expect(states.filter((state) => state === accepted)).toHaveLength(9)
    expect(run).toMatchObject({ state: 'finished', counts: { unknown: 1 } })
    expect(new Set(listRecipients(server)).size).toBe(10)
    await sendAgain(server.port, db, run.issueId)
    expect(server.messages).toHaveLength(10)
  })

  test('that loses every message after the dot costs few of them', async () => {
    const server = await startScript({ dot: drop })
    const { states, result } = await sendTo(server.port, 200, { transport: openTransport(server.port, 10) })
    expect(result.end.kind).toBe('server')
    expect(states.filter((state) => state === unknown).length).toBeLessThanOrEqual(13)
    expect(states.filter((state) => state === pending).length).toBeGreaterThanOrEqual(187)
  })

  test('that loses every second message after the dot stops the run before many are in doubt', async () => {
    const dot = Array.from({ length: 600 }, (_, index) => (index % 2 === 0 ? '250 ok' : drop))
    const server = await startScript({ dot })
    const options = { transport: openTransport(server.port, 2), retry: { reconnectMs: 1 } }
    const { result, states, db, run } = await sendTo(server.port, 200, options)
    expect(result.end).toMatchObject({ kind: 'unknowns', count: 21 })
    const count = (state: number) => states.filter((one) => one === state).length
    expect(count(unknown)).toBeGreaterThan(20)
    expect(count(unknown)).toBeLessThanOrEqual(22)
    expect(count(pending)).toBeGreaterThan(100)
    // What is in doubt from before does not stop the next one.
    const good = await startScript({})
    expect((await sendAgain(good.port, db, run.issueId)).result.end).toEqual({ kind: 'done' })
  })

  test('may lose one in twenty of a long list', async () => {
    const dot = Array.from({ length: 600 }, (_, index) => (index % 20 === 10 ? drop : '250 ok'))
    const server = await startScript({ dot })
    const options = { transport: openTransport(server.port, 2), retry: { reconnectMs: 1 } }
    const { result, run } = await sendTo(server.port, 500, options)
    expect(result.end).toEqual({ kind: 'done' })
    expect(run.counts).toMatchObject({ unknown: 25, accepted: 475 })
  })

  test.for([
    ['says of every reader that they do not exist', { rcpt: '550 5.1.1 nobody here' }],
    ['blocks every recipient', { rcpt: '550 5.7.1 you are blocked' }],
    ['refuses every message after the dot', { dot: '554 5.7.1 spam' }],
  ] as const)('that %s stops the run, and nobody is burnt', async ([, script]) => {
    const server = await startScript(script)
    const { states, result, db, run } = await sendTo(server.port, 100, { transport: openTransport(server.port, 10) })
    expect(result.end).toMatchObject({ kind: 'refusals', attempt: { kind: 'permanent' } })
    expect(new Set(states)).toEqual(new Set([pending]))
    expect(run).toMatchObject({ state: 'open', counts: { pending: 100, failed: 0, handed: 0 } })
    expect(await bounced(db)).toEqual([])
    expect((await db.all("SELECT 1 FROM deliveries WHERE note = 'refused'")).length).toBeGreaterThan(10)
    const good = await startScript({})
    const again = await sendAgain(good.port, db, run.issueId)
    expect(again.run).toMatchObject({ state: 'finished', counts: { accepted: 100 } })
    expect(new Set(listRecipients(good)).size).toBe(100)
  })

  test('that begins to refuse everybody in the middle burns nobody after that; those come last in the next send', async () => {
    const ok = Array.from({ length: 5 }, () => '250 ok')
    const server = await startScript({ rcpt: [...ok, '550 5.1.1 nobody here', '250 ok', '550 5.1.1 nobody here'] })
    const one = openTransport(server.port, 1)
    const { states, result, db, run } = await sendTo(server.port, 50, { transport: one })
    expect(result.end.kind).toBe('refusals')
    expect(states.map((state, index) => (state === failed ? index + 1 : 0)).filter(Boolean)).toEqual([6])
    expect(await bounced(db)).toEqual([6])
    const good = await startScript({})
    const again = await sendAgain(good.port, db, run.issueId, { transport: openTransport(good.port, 1) })
    expect(again.run).toMatchObject({ state: 'finished', counts: { accepted: 49, failed: 1 } })
    expect(listRecipients(good)[0]).toBe('reader-28@example.com')
    expect(listRecipients(good).at(-1)).toBe('reader-27@example.com')
  })

  test.for([
    ['5.1.1 nobody here', 70, 3],
    ['5.7.1 not for you', 40, 3],
  ] as const)('that took others is believed in the end about many in a row: %s', async ([words, gone, sends]) => {
    const ok = Array.from({ length: 5 }, () => '250 ok')
    const server = await startScript({ rcpt: [...ok, `550 ${words}`] })
    const transport = () => openTransport(server.port, 1)
    let sent = await sendTo(server.port, 5 + gone, { transport: transport() })
    let count = 1
    for (; sent.result.end.kind === 'refusals' && count < 10; count++) {
      expect(sent.run.counts).toMatchObject({ accepted: 5, pending: gone })
      sent = await sendAgain(server.port, sent.db, sent.run.issueId, { transport: transport() })
    }
    expect(count).toBeLessThanOrEqual(sends)
    expect(sent.result.end).toEqual({ kind: 'done' })
    expect(sent.run).toMatchObject({ state: 'finished', counts: { accepted: 5, failed: gone } })
    // No message of the last send was taken: they stay on the list.
    expect(await bounced(sent.db)).toEqual([])
  })

  test('that never took anything is not believed, however often it is asked', async () => {
    const server = await startScript({ rcpt: '550 5.1.1 nobody here' })
    const { db, run } = await sendTo(server.port, 30, { transport: openTransport(server.port, 1) })
    for (let time = 0; time < 3; time++) {
      const again = await sendAgain(server.port, db, run.issueId, { transport: openTransport(server.port, 1) })
      expect(again.result.end.kind).toBe('refusals')
      expect(again.run.counts).toMatchObject({ pending: 30 })
    }
  })

  test('that refuses readers for different reasons is believed once it has accepted something', async () => {
    const refusals = ['550 5.1.1 nobody', '553 5.1.3 bad', '550 5.2.1 off']
    const never = await startScript({ rcpt: refusals })
    const none = await sendTo(never.port, 3, { transport: openTransport(never.port, 1) })
    expect(none.states).toEqual([failed, failed, failed])
    expect(await bounced(none.db)).toEqual([])
    const server = await startScript({ rcpt: ['250 ok', ...refusals] })
    const { db, states } = await sendTo(server.port, 4, { transport: openTransport(server.port, 1) })
    expect(states).toEqual([accepted, failed, failed, failed])
    expect(await bounced(db)).toEqual([2, 3])
  })

  test('whose refusals are in doubt when the run is interrupted is asked again by the next send', async () => {
    const server = await startScript({ rcpt: ['550 5.1.1 nobody', '550 5.1.1 nobody', hang] })
    const controller = new AbortController()
    const sending = sendTo(server.port, 5, {
      signal: controller.signal,
      drainMs: 50,
      transport: openTransport(server.port, 1, 60_000),
    })
    while (listRecipients(server).length < 3) await new Promise((resolve) => setTimeout(resolve, 5))
    controller.abort()
    const { states, db, run, result } = await sending
    expect(result.end).toEqual({ kind: 'interrupted' })
    expect(new Set(states)).toEqual(new Set([pending]))
    expect(await bounced(db)).toEqual([])
    const kept = await db.all(
      'SELECT reader_key, number, kind, code, enhanced_code FROM attempts WHERE reader_key <= 2',
    )
    const said = { number: 1, kind: 'permanent', code: 550, enhanced_code: '5.1.1' }
    expect(kept).toEqual([
      { reader_key: 1, ...said },
      { reader_key: 2, ...said },
    ])
    const good = await startScript({})
    expect((await sendAgain(good.port, db, run.issueId)).run.counts).toMatchObject({ accepted: 5 })
  })
})
