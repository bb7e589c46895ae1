/** One reader with whom the server breaks off, whatever comes: nobody else is held up, and nothing is burnt. */
import { describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/index.ts'
import { type Behaviour, drop, type ScriptedServer, type SmtpScript, startScript } from '../helpers/smtp-script.ts'
import { openTransport, sendAgain, sendTo, type Sent } from './loop.ts'
import { openStore } from './make.ts'

const BUSY = '421 4.3.0 temporary system problem'
const HOUR_MS = 3_600_000

/** Behaves so with these readers, and takes everybody else. */
function only(keys: readonly number[], behaviour: Behaviour) {
  return (recipient: string) => (keys.some((key) => recipient === `reader-${key}@example.com`) ? behaviour : undefined)
}

function listTaken({ taken }: ScriptedServer): string[] {
  return taken.map((message) => /^To: .*<(reader-\d+)@/m.exec(String(message))?.[1] ?? '?')
}

/** Nothing but being pending stands with them. */
async function expectNothingBurnt({ db, run }: Sent, keys: readonly number[]): Promise<void> {
  const rows = await db.all(
    `SELECT reader_key, attempts, first_at, code FROM deliveries WHERE run_key = ? AND state = 0 ORDER BY reader_key`,
    [run.key],
  )
  expect(rows).toEqual(keys.map((key) => ({ reader_key: key, attempts: 0, first_at: null, code: null })))
  expect(run.counts).toMatchObject({ pending: keys.length, failed: 0, deferred: 0, unknown: 0, handed: 0 })
  expect(await db.all("SELECT key FROM subscribers WHERE status <> 'active'")).toEqual([])
}

describe.for([1, 4])('over %s connections', (connections) => {
  test.for<readonly [what: string, script: SmtpScript, words: string]>([
    ['answers 421', { rcpt: only([1], BUSY) }, BUSY],
    ['answers 421 to DATA', { data: only([1], BUSY) }, BUSY],
    ['answers 503', { rcpt: only([1], '503 5.5.1 bad sequence') }, '503 5.5.1 bad sequence'],
    ['drops the connection at RCPT', { rcpt: only([1], drop) }, 'Connection closed unexpectedly'],
    ['drops the connection at DATA', { data: only([1], drop) }, 'Connection closed unexpectedly'],
  ])('a server that %s for one reader serves all others, and that one is named', async ([, script, words]) => {
    const server = await startScript(script)
    const sent = await sendTo(server.port, 60, { transport: openTransport(server.port, connections) })
    expect(sent.result.end).toEqual({
      kind: 'broken-off',
      attempt: expect.objectContaining({ text: words }) as unknown,
      count: 1,
      readers: ['r1'],
    })
    expect(new Set(listTaken(server)).size).toBe(59)
    expect(server.taken).toHaveLength(59)
    await expectNothingBurnt(sent, [1])
    // Neither is it asked for ever: twice before the others, then as often as any server that is lost.
    const asked = server.commands.filter((line) => line.includes('<reader-1@')).length
    expect(asked).toBeLessThanOrEqual(8 + 2 * connections)
    const again = await sendAgain(server.port, sent.db, sent.run.issueId)
    expect(again.result.end).toMatchObject({ kind: 'broken-off', readers: ['r1'] })
    await expectNothingBurnt(again, [1])
  })
})

test('a server that cuts one message off in the middle serves all others', async () => {
  const server = await startScript({ body: only([1], drop) })
  const db = await openStore()
  const slow: Database = {
    ...db,
    transaction: async (work) => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      return await db.transaction(work)
    },
  }
  const sent = await sendTo(server.port, 10, { db: slow, transport: openTransport(server.port, 1) })
  expect(sent.result.end).toMatchObject({ kind: 'broken-off', readers: ['r1'] })
  await expectNothingBurnt(sent, [1])
})

test('a reader for whom it was only a moment gets it after the others', async () => {
  let asked = 0
  const server = await startScript({
    rcpt: (recipient) => (recipient.startsWith('reader-1@') && ++asked <= 3 ? BUSY : undefined),
  })
  const sent = await sendTo(server.port, 10, { transport: openTransport(server.port, 1) })
  expect(sent.result.end).toEqual({ kind: 'done' })
  expect(sent.run).toMatchObject({ state: 'finished', counts: { accepted: 10 } })
  expect(listTaken(server).at(-1)).toBe('reader-1')
})

test.for([0, 1, 3])(
  'many of them at the head of the list: every start gets further, with %s pauses',
  async (reconnects) => {
    const keys = [1, 2, 3, 4, 5]
    const server = await startScript({ rcpt: only(keys, BUSY) })
    const options = { retry: { reconnects, reconnectMs: 1 } }
    let sent = await sendTo(server.port, 20, { ...options, transport: openTransport(server.port, 1) })
    for (let starts = 1; sent.run.counts.accepted < 15 && starts <= keys.length; starts++) {
      sent = await sendAgain(server.port, sent.db, sent.run.issueId, {
        ...options,
        transport: openTransport(server.port, 1),
      })
    }
    expect(listTaken(server)).toEqual(Array.from({ length: 15 }, (_, index) => `reader-${index + 6}`))
    expect(sent.result.end).toMatchObject({ kind: 'broken-off', count: 5, readers: ['r1', 'r2', 'r3'] })
    await expectNothingBurnt(sent, keys)
  },
)

test.for<readonly [what: string, reply: string]>([
  ['asks for less', '421 4.7.0 Too many messages, try again later'],
  ['has a quota', '421 4.7.0 Daily quota exceeded'],
  ['finds the message too large', '552 5.3.4 message too big'],
  ['wants a login', '530 5.7.0 log in first'],
])(
  'a server that %s whenever it hears of one reader stops the send; the next one serves the others',
  async ([, reply]) => {
    const server = await startScript({ rcpt: only([1], reply) })
    const first = await sendTo(server.port, 10, { transport: openTransport(server.port, 1) })
    expect(first.result.counts).toMatchObject({ accepted: 0, pending: 10 })
    const tomorrow = { now: () => new Date(Date.now() + 25 * HOUR_MS) }
    const again = await sendAgain(server.port, first.db, first.run.issueId, {
      clock: tomorrow,
      transport: openTransport(server.port, 1),
    })
    expect(again.result.counts).toMatchObject({ accepted: 9, pending: 1 })
    await expectNothingBurnt(again, [1])
  },
)

test('a server that is away from everybody is told as before, and nobody changes places', async () => {
  const server = await startScript({ greeting: ['220 hi', drop], dot: ['250 ok', { reply: '250 ok', hangUp: true }] })
  const sent = await sendTo(server.port, 10, { transport: openTransport(server.port, 1) })
  expect(sent.result.end).toMatchObject({ kind: 'server' })
  expect(await sent.db.all('SELECT DISTINCT note FROM deliveries WHERE state = 0')).toEqual([{ note: null }])
})
