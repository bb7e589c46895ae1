/** What servers answer, and what becomes of it: in the ledger, on the list, for the run and on the wire. */
import { describe, expect, test } from 'vitest'
import type { Behaviour } from '../helpers/smtp-script.ts'
import { type Behaving, expectBehaviour } from './behave.ts'

type Rows = readonly (readonly [what: string, row: Behaving])[]

const closing: Behaviour = { reply: '421 4.3.2 shutting down', hangUp: true }
const SHUT = 'server busy 421 4.3.2: 421 4.3.2 shutting down'
/** Deferred deliveries come back at once, so that one send shows both tries. */
const soon = { retry: { firstMs: 20 }, waitMs: 5000 }
const later = { kind: 'done', dueAt: expect.any(Date) as Date } as const

const BUSY: Rows = [
  ['421 in the greeting', { script: { greeting: [closing, '220 hi'] }, attempts: [`- ${SHUT}`], pauses: 1 }],
  ['421 to EHLO', { script: { ehlo: [closing, '250 hi'] }, attempts: [`- ${SHUT}`], pauses: 1 }],
  ['421 to MAIL', { script: { mail: [closing, '250 ok'] }, attempts: [`- ${SHUT}`], pauses: 1 }],
  ['421 to RCPT', { script: { rcpt: [closing, '250 ok'] }, attempts: [`- ${SHUT}`], pauses: 1 }],
  ['421 to DATA', { script: { data: [closing, '354 go'] }, attempts: [`- ${SHUT}`], pauses: 1 }],
  [
    '421 to the dot, a definite no to one message',
    { script: { dot: [closing, '250 ok'] }, ...soon, attempts: [`1 ${SHUT}`], pauses: 1 },
  ],
  [
    '421 between two messages: the connection is replaced, and nobody pauses',
    {
      script: { mail: ['250 ok', closing, '250 ok'] },
      attempts: [],
      seen: (server) => expect(server.connections()).toBe(2),
    },
  ],
  [
    '451 to MAIL',
    {
      script: { mail: ['451 4.3.0 not now', '250 ok'] },
      attempts: ['- server busy 451 4.3.0: 451 4.3.0 not now'],
      pauses: 1,
    },
  ],
  [
    '503 to RCPT: the session is out of step, and begun anew',
    {
      script: { rcpt: ['503 5.5.1 MAIL first', '250 ok'] },
      attempts: ['- server connection 503 5.5.1: 503 5.5.1 MAIL first'],
      pauses: 1,
    },
  ],
  [
    '554 in every greeting: asked again a few times',
    {
      script: { greeting: { reply: '554 5.7.1 blocked', hangUp: true } },
      counts: { pending: 3 },
      attempts: Array.from({ length: 4 }, () => '- server busy 554 5.7.1: 554 5.7.1 blocked'),
      end: { kind: 'server' },
      pauses: 3,
    },
  ],
]

const DEFERRED: Rows = [
  [
    '450 to RCPT, accepted at the second try',
    { script: { rcpt: ['450 4.2.1 busy', '250 ok'] }, ...soon, attempts: ['1 transient 450 4.2.1: 450 4.2.1 busy'] },
  ],
  [
    '451 to RCPT: grey-listing waits five minutes, then is accepted',
    {
      script: { rcpt: ['250 ok', '451 4.7.1 Greylisted', '250 ok'] },
      counts: { accepted: 2, deferred: 1 },
      attempts: ['2 transient 451 4.7.1: 451 4.7.1 Greylisted'],
      end: later,
      seen: (_, { result, run }) => {
        const dueAt = result.end.kind === 'done' ? result.end.dueAt?.getTime() : undefined
        expect((dueAt ?? 0) - Date.now()).toBeGreaterThan(290_000)
        expect(run.state).toBe('open')
      },
    },
  ],
  [
    'a hint of half an hour counts',
    {
      script: { rcpt: '451 4.7.1 Greylisted, try again in 30 minutes' },
      counts: { deferred: 3 },
      attempts: [1, 2, 3].map((key) => `${key} transient 451 4.7.1: 451 4.7.1 Greylisted, try again in 30 minutes`),
      end: later,
      seen: (_, { result }) => {
        const dueAt = result.end.kind === 'done' ? result.end.dueAt?.getTime() : undefined
        expect((dueAt ?? 0) - Date.now()).toBeGreaterThan(1_790_000)
      },
    },
  ],
  [
    '452 to RCPT, without further code',
    { script: { rcpt: ['452 too many', '250 ok'] }, ...soon, attempts: ['1 transient 452: 452 too many'] },
  ],
  [
    '451 to DATA',
    { script: { data: ['451 4.3.0 later', '354 go'] }, ...soon, attempts: ['1 transient 451 4.3.0: 451 4.3.0 later'] },
  ],
  [
    '451 to the dot',
    {
      script: { dot: ['250 ok', '451 4.3.0 full', '250 ok'] },
      ...soon,
      attempts: ['2 transient 451 4.3.0: 451 4.3.0 full'],
      seen: (server) => expect(server.messages).toHaveLength(4),
    },
  ],
  [
    '451 for longer than a message is worth',
    {
      script: { rcpt: ['451 4.2.0 no', '250 ok', '250 ok', '451 4.2.0 no'] },
      // Room for a slow machine before the second try; the wait after it, at least twice as long as the first, has none.
      retry: { firstMs: 2000, giveUpMs: 5800 },
      waitMs: 60_000,
      counts: { accepted: 2, failed: 1 },
      attempts: ['1 transient 451 4.2.0: 451 4.2.0 no', '1 transient 451 4.2.0: 451 4.2.0 no'],
    },
  ],
]

const REFUSED: Rows = [
  [
    '550 5.1.1: nobody there, and never mailed again',
    {
      script: { rcpt: ['250 ok', '550 5.1.1 nobody here', '250 ok'] },
      counts: { accepted: 2, failed: 1 },
      attempts: ['2 permanent 550 5.1.1: 550 5.1.1 nobody here'],
      suppressed: [2],
    },
  ],
  [
    '550 without a code says nothing about the address',
    {
      script: { rcpt: ['250 ok', '550 no', '250 ok'] },
      counts: { accepted: 2, failed: 1 },
      attempts: ['2 permanent 550: 550 no'],
    },
  ],
  [
    '550 5.7.1 to RCPT is policy, and the reader stays on the list',
    {
      script: { rcpt: ['250 ok', '550 5.7.1 not from you', '250 ok'] },
      counts: { accepted: 2, failed: 1 },
      attempts: ['2 permanent 550 5.7.1: 550 5.7.1 not from you'],
    },
  ],
  [
    '550 5.7.515 to the dot is policy too (Outlook.com)',
    {
      script: {
        dot: ['250 ok', '550 5.7.515 Access denied, sending domain does not meet the required level', '250 ok'],
      },
      counts: { accepted: 2, failed: 1 },
      attempts: ['2 permanent 550 5.7.515: 550 5.7.515 Access denied, sending domain does not meet the required level'],
    },
  ],
  [
    '552 5.2.2: a full mailbox gets the next issue',
    {
      script: { rcpt: ['250 ok', '552 5.2.2 mailbox full', '250 ok'] },
      counts: { accepted: 2, failed: 1 },
      attempts: ['2 permanent 552 5.2.2: 552 5.2.2 mailbox full'],
    },
  ],
  [
    '554 to DATA',
    {
      script: { data: ['354 go', '554 5.5.1 no valid recipients', '354 go'] },
      counts: { accepted: 2, failed: 1 },
      attempts: ['2 permanent 554 5.5.1: 554 5.5.1 no valid recipients'],
    },
  ],
  [
    '554 to the dot',
    {
      script: { dot: ['250 ok', '554 5.6.0 broken', '250 ok'] },
      counts: { accepted: 2, failed: 1 },
      attempts: ['2 permanent 554 5.6.0: 554 5.6.0 broken'],
    },
  ],
  [
    'a verdict before the end of the message',
    {
      script: { body: { reply: '554 5.6.0 I have seen enough', hangUp: true } },
      diskMs: 60,
      audience: 1,
      counts: { failed: 1 },
      attempts: ['1 permanent 554 5.6.0: 554 5.6.0 I have seen enough'],
      seen: (server) => expect(server.messages).toEqual([]),
    },
  ],
]

const STOPPED: Rows = [
  [
    '552 5.3.4: too large for everybody',
    {
      script: { dot: '552 5.3.4 too big' },
      counts: { pending: 3 },
      attempts: ['- server size 552 5.3.4: 552 5.3.4 too big'],
      end: { kind: 'server' },
    },
  ],
  [
    '550 to MAIL: the sender is not allowed',
    {
      script: { mail: '550 5.7.1 not your address' },
      counts: { pending: 3 },
      attempts: ['- server sender 550 5.7.1: 550 5.7.1 not your address'],
      end: { kind: 'server' },
    },
  ],
  [
    '530 to MAIL: a login is wanted',
    {
      script: { mail: '530 5.7.0 log in first' },
      counts: { pending: 3 },
      attempts: ['- server login 530 5.7.0: 530 5.7.0 log in first'],
      end: { kind: 'server' },
    },
  ],
]

describe.for([
  ['busy', BUSY],
  ['deferring one reader', DEFERRED],
  ['refusing one reader', REFUSED],
  ['refusing all', STOPPED],
] as const)('a server that is %s', ([, rows]) => {
  test.for(rows)('%s', async ([, row]) => {
    await expectBehaviour(row)
  })
})
