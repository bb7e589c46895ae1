/** Servers that have enough of a sender, and what becomes of it: in the ledger, for the run and on the wire. */
import { describe, expect, test } from 'vitest'
import type { RunEvent } from '../../src/delivery/index.ts'
import { type Behaviour, drop, startScript } from '../helpers/smtp-script.ts'
import { type Behaving, expectBehaviour } from './behave.ts'
import { openTransport, sendAgain, type Sent, sendTo } from './loop.ts'

type Rows = readonly (readonly [what: string, row: Behaving])[]

const HOUR_MS = 3_600_000
const THROTTLED: Behaviour = { reply: '421 4.7.28 unusual rate of mail', hangUp: true }
const SAID = '- server throttled 421 4.7.28: 421 4.7.28 unusual rate of mail'
const SES_RATE = '454 Throttling failure: Maximum sending rate exceeded.'
const SES_DAY = '454 Throttling failure: Daily message quota exceeded.'
const GMAIL_DAY = '550 5.4.5 Daily user sending limit exceeded.'
/** Ten minutes made short. */
const brief = { retry: { slowMs: 30 }, waitMs: 5000 }
const later = { kind: 'later', dueAt: expect.any(Date) as Date } as const

/** In how many hours the run says that it may go on. */
function hoursLeft({ result: { end } }: Sent): number {
  return end.kind === 'later' ? (end.dueAt.getTime() - Date.now()) / HOUR_MS : NaN
}

function pausesOf({ events }: Sent): RunEvent[] {
  return events.filter(({ kind }) => kind === 'pause')
}

function times(count: number, behaviour: Behaviour): Behaviour[] {
  return Array.from({ length: count }, () => behaviour)
}

const SLOWED: Rows = [
  [
    '421 4.7.28 to RCPT, then recovered',
    { script: { rcpt: ['250 ok', THROTTLED, '250 ok'] }, ...brief, attempts: [SAID], pauses: 1 },
  ],
  [
    '421 4.7.28 in the greeting, then recovered',
    { script: { greeting: [THROTTLED, '220 hi'] }, ...brief, attempts: [SAID], pauses: 1 },
  ],
  [
    '421 4.7.28 between two messages is not answered by a new connection',
    {
      script: { mail: ['250 ok', THROTTLED, '250 ok'] },
      counts: { accepted: 1, pending: 2 },
      attempts: [SAID],
      end: later,
      seen: (server, sent) => {
        expect(server.connections()).toBe(1)
        expect(hoursLeft(sent)).toBeCloseTo(1 / 6, 1)
      },
    },
  ],
  [
    'the rate of Amazon SES, said to the dot: back to pending, then accepted',
    {
      script: { dot: ['250 ok', SES_RATE, SES_RATE, '250 ok'] },
      ...brief,
      attempts: [`- server throttled 454: ${SES_RATE}`],
      pauses: 1,
      seen: (server) => expect(server.messages).toHaveLength(5),
    },
  ],
  [
    'slower for longer than the wait: the run ends and says when to come back',
    {
      script: { mail: '421 4.7.28 unusual rate, try again in 2 hours' },
      waitMs: HOUR_MS,
      counts: { pending: 3 },
      attempts: ['- server throttled 421 4.7.28: 421 4.7.28 unusual rate, try again in 2 hours'],
      end: later,
      seen: (_, sent) => expect(hoursLeft(sent)).toBeCloseTo(2, 1),
    },
  ],
  [
    'slower again after each pause, until there were enough',
    {
      script: { rcpt: ['250 ok', THROTTLED] },
      retry: { slowMs: 5, reconnects: 3 },
      waitMs: 5000,
      counts: { accepted: 1, pending: 2 },
      attempts: [SAID, SAID, SAID, SAID],
      end: later,
      pauses: 3,
    },
  ],
  [
    'slower on one of many connections: the others stop too, and one comes back',
    {
      script: { extensions: ['PIPELINING'], dot: [...times(10, '250 ok'), SES_RATE, SES_RATE, '250 ok'] },
      audience: 60,
      connections: 4,
      ...brief,
      attempts: [`- server throttled 454: ${SES_RATE}`],
      pauses: 1,
      seen: (_, sent) => expect(pausesOf(sent)).toMatchObject([{ attempt: { fault: 'throttled' } }]),
    },
  ],
]

const SPENT: Rows = [
  [
    'the day’s quota of Amazon SES, in mid-run: nothing burnt, and back when the first message is a day old',
    {
      script: { dot: ['250 ok', SES_DAY] },
      waitMs: HOUR_MS,
      counts: { accepted: 1, pending: 2 },
      attempts: [`- server quota 454: ${SES_DAY}`],
      end: later,
      seen: (server, sent) => {
        expect(hoursLeft(sent)).toBeCloseTo(24, 1)
        expect(server.messages).toHaveLength(3)
      },
    },
  ],
  [
    'the day’s quota of Gmail, a 550, to MAIL',
    {
      script: { mail: GMAIL_DAY },
      counts: { pending: 3 },
      attempts: [`- server quota 550 5.4.5: ${GMAIL_DAY}`],
      end: later,
      seen: (_, sent) => expect(hoursLeft(sent)).toBeCloseTo(1, 1),
    },
  ],
  [
    'a quota on many connections: one word is kept, nobody is burnt',
    {
      script: { extensions: ['PIPELINING'], dot: [...times(10, '250 ok'), SES_DAY] },
      audience: 60,
      connections: 4,
      counts: { accepted: 10, pending: 50 },
      attempts: [`- server quota 454: ${SES_DAY}`],
      end: later,
      // One of them is doubted before: its connection tries one more.
      seen: (server) => expect(server.messages.length).toBeLessThanOrEqual(15),
    },
  ],
]

const CROWDED: Rows = [
  [
    'takes one connection only: everybody gets theirs over it',
    {
      script: { mostConnections: 1 },
      audience: 40,
      connections: 4,
      attempts: [],
      seen: (server) => expect(server.connections()).toBeLessThanOrEqual(6),
    },
  ],
  [
    'loses one connection of many: the others do not wait for it',
    {
      script: {
        extensions: ['PIPELINING'],
        dot: [...times(20, '250 ok'), { reply: '250 ok', afterMs: 300 }, '250 ok'],
      },
      audience: 60,
      connections: 4,
      timeoutMs: 120,
      retry: { reconnectMs: 60_000 },
      counts: { accepted: 59, unknown: 1 },
      attempts: [expect.stringMatching(/^\d+ unknown: (?:Timeout|No answer)/) as string],
    },
  ],
  [
    'refuses the second login in mid-run: it stops, with nothing burnt',
    {
      script: { extensions: ['AUTH PLAIN'], auth: ['235 welcome', '535 5.7.8 too many logins, be gone'] },
      login: 'ada:secret',
      audience: 500,
      connections: 2,
      counts: expect.objectContaining({ pending: expect.any(Number) as number }) as object,
      attempts: ['- server login 535 5.7.8: 535 5.7.8 too many logins, be gone'],
      end: { kind: 'server' },
      seen: (server, { run }) => {
        expect(run.counts).toMatchObject({ failed: 0, deferred: 0, unknown: 0, handed: 0 })
        expect(server.commands.filter((line) => line.startsWith('AUTH'))).toHaveLength(2)
      },
    },
  ],
]

const BLOCKED: Rows = [
  [
    'refuses one in seven for policy: it stops at the eleventh, and nobody is burnt',
    {
      script: { dot: Array.from({ length: 300 }, (_, at) => (at % 7 === 6 ? '554 5.7.1 spam, id 4711' : '250 ok')) },
      audience: 200,
      counts: { accepted: 66, pending: 134 },
      attempts: Array.from(
        { length: 11 },
        () => expect.stringMatching(/^\d+ permanent 554 5\.7\.1: 554 5\.7\.1 spam/) as string,
      ),
      end: { kind: 'refusals' },
    },
  ],
  [
    'refuses one in thirty for policy: those are failed, nobody is suppressed',
    {
      script: { dot: Array.from({ length: 400 }, (_, at) => (at % 30 === 29 ? '554 5.7.1 spam' : '250 ok')) },
      audience: 300,
      counts: { accepted: 290, failed: 10 },
      attempts: Array.from({ length: 10 }, (_, at) => `${30 * at + 30} permanent 554 5.7.1: 554 5.7.1 spam`),
    },
  ],
  [
    'refuses one in seven because they do not exist: an old list, and they are suppressed',
    {
      script: { rcpt: Array.from({ length: 300 }, (_, at) => (at % 7 === 6 ? '550 5.1.1 gone' : '250 ok')) },
      audience: 140,
      counts: { accepted: 120, failed: 20 },
      attempts: Array.from({ length: 20 }, (_, at) => `${7 * at + 7} permanent 550 5.1.1: 550 5.1.1 gone`),
      suppressed: Array.from({ length: 20 }, (_, at) => 7 * at + 7),
    },
  ],
  [
    'refuses everybody (Outlook.com 5.7.515): pending, as if nothing had been',
    {
      script: { dot: '550 5.7.515 Access denied' },
      audience: 30,
      counts: { pending: 30 },
      attempts: Array.from({ length: 11 }, () => expect.stringContaining('permanent 550 5.7.515') as string),
      end: { kind: 'refusals' },
    },
  ],
  [
    'loses every message after the dot: one in doubt per pause',
    {
      script: { dot: drop },
      audience: 20,
      counts: { unknown: 4, pending: 16 },
      attempts: [1, 2, 3, 4].map((key) => `${key} unknown: Connection closed unexpectedly`),
      end: { kind: 'server' },
      pauses: 3,
    },
  ],
]

describe.for([
  ['a server that makes the sender slower:', SLOWED],
  ['a quota that is used up:', SPENT],
  ['a server that', CROWDED],
  ['a server that', BLOCKED],
] as const)('%s', ([, rows]) => {
  test.for(rows)('%s', async ([, row]) => {
    await expectBehaviour(row)
  })
})

describe('a send that goes on after the server asked for less', () => {
  const script = { mail: ['421 4.7.28 unusual rate', '250 ok'] } as const

  test('soon: it says again when to come back, and bothers nobody', async () => {
    const server = await startScript(script)
    const { db, run, result } = await sendTo(server.port, 3, { transport: openTransport(server.port, 1) })
    expect(result.end).toMatchObject({ kind: 'later' })
    const again = await sendAgain(server.port, db, run.issueId)
    expect(again.result.end).toMatchObject({ kind: 'later', attempt: { fault: 'throttled', code: 421 } })
    expect(again.result.counts).toMatchObject({ pending: 3 })
    expect(server.connections()).toBe(1)
  })

  test('with time: it waits for the rest of the pause, and goes on', async () => {
    const server = await startScript(script)
    const options = { retry: { slowMs: 300 } }
    const { db, run } = await sendTo(server.port, 3, options)
    const again = await sendAgain(server.port, db, run.issueId, { ...options, waitMs: 5000 })
    expect(again.events.filter(({ kind }) => kind === 'pause')).toHaveLength(1)
    expect(again.run).toMatchObject({ state: 'finished', counts: { accepted: 3 } })
  })

  test('later: there is nothing to wait for', async () => {
    const server = await startScript(script)
    const options = { retry: { slowMs: 1 } }
    const { db, run } = await sendTo(server.port, 3, options)
    const again = await sendAgain(server.port, db, run.issueId, options)
    expect(again.events.filter(({ kind }) => kind === 'pause')).toEqual([])
    expect(again.run.counts).toMatchObject({ accepted: 3 })
  })
})
