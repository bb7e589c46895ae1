/** Limits that a server speaks of in answer to one reader: theirs, or the sender's. */
import { expect, test } from 'vitest'
import { startScript } from '../helpers/smtp-script.ts'
import { type Behaving, expectBehaviour } from './behave.ts'
import { openTransport, sendAgain, sendTo } from './loop.ts'

const HOUR_MS = 3_600_000
const SLOWER = '450 4.7.28 rate limited'
const GMAIL_DAY = '550 5.4.5 Daily user sending limit exceeded.'
/** Ten minutes made short. */
const brief = { retry: { slowMs: 30 }, waitMs: 5000 }
const later = { kind: 'later', dueAt: expect.any(Date) as Date } as const

test.for<readonly [what: string, row: Behaving]>([
  [
    'said of one reader only, while others are accepted: that one waits, nobody else',
    {
      script: { rcpt: ['250 ok', SLOWER, '250 ok'] },
      counts: { accepted: 2, deferred: 1 },
      attempts: [`2 transient 450 4.7.28: ${SLOWER}`],
    },
  ],
  [
    'said of one reader, then of another later: now it counts',
    {
      script: { rcpt: ['250 ok', SLOWER, '250 ok', SLOWER, '250 ok'] },
      audience: 6,
      ...brief,
      counts: { accepted: 5, deferred: 1 },
      attempts: [`- server throttled 450 4.7.28: ${SLOWER}`, `2 transient 450 4.7.28: ${SLOWER}`],
      pauses: 1,
    },
  ],
  [
    'a reader whose mailbox speaks of a quota: refused alone, the list goes on',
    {
      script: { rcpt: ['250 ok', GMAIL_DAY, '250 ok'] },
      counts: { accepted: 2, failed: 1 },
      attempts: [`2 permanent 550 5.4.5: ${GMAIL_DAY}`],
    },
  ],
  [
    'a quota told of the last reader: it is believed, and the reader pending',
    {
      script: { rcpt: ['250 ok', '250 ok', GMAIL_DAY] },
      waitMs: HOUR_MS,
      counts: { accepted: 2, pending: 1 },
      attempts: [`- server quota 550 5.4.5: ${GMAIL_DAY}`],
      end: later,
    },
  ],
  [
    'a reader called like a limit, refused by name: nobody else is held up',
    {
      script: {
        rcpt: ['250 ok', '450 4.3.0 <throttled.rate-limit@example.com>: lookup failed, daily quota', '250 ok'],
      },
      audience: 30,
      counts: { accepted: 29, deferred: 1 },
      attempts: ['2 transient 450 4.3.0: 450 4.3.0 <throttled.rate-limit@example.com>: lookup failed, daily quota'],
    },
  ],
])('%s', async ([, row]) => await expectBehaviour(row))

test('two readers with whom a quota is told end the send once: the next one serves everybody else before them', async () => {
  const server = await startScript({ rcpt: [GMAIL_DAY, GMAIL_DAY, '250 ok', '250 ok', '250 ok', '250 ok', GMAIL_DAY] })
  const { db, run, result } = await sendTo(server.port, 6, { transport: openTransport(server.port, 1) })
  expect(result).toMatchObject({ end: later, counts: { pending: 6 } })
  const tomorrow = { now: () => new Date(Date.now() + 25 * HOUR_MS) }
  const again = await sendAgain(server.port, db, run.issueId, {
    clock: tomorrow,
    transport: openTransport(server.port, 1),
  })
  expect(again.result).toMatchObject({ end: later, counts: { accepted: 4, pending: 2 } })
  expect(server.taken.map((message) => /reader-(\d+)@/.exec(String(message))?.[1])).toEqual(['3', '4', '5', '6'])
})
