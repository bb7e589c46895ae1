/** What servers say is kept whole, and of everybody they say it to. */
import { expect, test } from 'vitest'
import { startScript } from '../helpers/smtp-script.ts'
import { openTransport, sendTo } from './loop.ts'

const KEPT = 16_384

test.for([
  ['a long one', 12_000, 12_000],
  ['no more than 16 kB of one', 40_000, KEPT],
] as const)('%s stands in the attempts', async ([, said, kept]) => {
  const reply = '550 5.7.1 '.padEnd(said, 'see the policy at length; ').trimEnd().padEnd(said, '.')
  const server = await startScript({ rcpt: ['250 ok', reply, '250 ok'] })
  const { db } = await sendTo(server.port, 3, { transport: openTransport(server.port, 1) })
  const [row] = await db.all<{ reply: string }>('SELECT reply FROM attempts')
  expect(row?.reply).toHaveLength(kept)
  expect(reply.startsWith(row?.reply.slice(0, kept - 1) ?? '?')).toBe(true)
})

test('words without an end cost no time to look through', async () => {
  const server = await startScript({ rcpt: ['250 ok', `450 4.7.28 ${'a'.repeat(16_000)}`, '250 ok'] })
  const { run } = await sendTo(server.port, 300, { transport: openTransport(server.port, 1) })
  expect(run.counts).toMatchObject({ accepted: 299, deferred: 1 })
})

test('a server that is busy for all connections at once is heard on each of them', async () => {
  let asked = 0
  const server = await startScript({
    rcpt: () => (++asked <= 4 ? { reply: `421 4.3.2 busy, ticket ${asked}`, afterMs: 50 } : undefined),
  })
  const { db, run } = await sendTo(server.port, 20, { transport: openTransport(server.port, 4) })
  expect(run.counts).toMatchObject({ accepted: 20 })
  const rows = await db.all<{ reply: string }>('SELECT reply FROM attempts WHERE code = 421 ORDER BY reply')
  expect(rows.map(({ reply }) => reply)).toEqual([1, 2, 3, 4].map((ticket) => `421 4.3.2 busy, ticket ${ticket}`))
})
