/** How connections break, and what becomes of it: in the ledger, on the list, for the run and on the wire. */
import { describe, expect, test } from 'vitest'
import { parseAddress } from '../../src/base/index.ts'
import type { Readers } from '../../src/delivery/index.ts'
import { drop, hang, quiet, reset } from '../helpers/smtp-script.ts'
import { type Behaving, expectBehaviour } from './behave.ts'
import { makeReader } from './make.ts'

type Rows = readonly (readonly [what: string, row: Behaving])[]

const CLOSED = '- server connection: Connection closed unexpectedly'
const lost = { attempts: [CLOSED], pauses: 1 }

const LOST: Rows = [
  ['before the greeting', { script: { greeting: [drop, '220 hi'] }, ...lost }],
  ['after EHLO', { script: { ehlo: [drop, '250 hi'] }, ...lost }],
  ['after MAIL', { script: { mail: [drop, '250 ok'] }, ...lost }],
  ['after RCPT', { script: { rcpt: [drop, '250 ok'] }, ...lost }],
  ['after DATA, before 354', { script: { data: [drop, '354 go'] }, ...lost }],
  ['between two messages', { script: { mail: ['250 ok', drop, '250 ok'] }, attempts: [] }],
  [
    'inside the message',
    {
      script: { body: [drop, quiet] },
      diskMs: 60,
      ...lost,
      seen: (server) => expect(server.taken).toHaveLength(3),
    },
  ],
  [
    'by a reset after DATA',
    {
      script: { data: [reset, '354 go'] },
      attempts: [expect.stringContaining('- server connection: ') as string],
      pauses: 1,
    },
  ],
  [
    'after the final dot',
    {
      script: { dot: ['250 ok', drop, '250 ok'] },
      counts: { accepted: 2, unknown: 1 },
      attempts: ['2 unknown: Connection closed unexpectedly'],
      pauses: 1,
      seen: (server) => expect(server.messages).toHaveLength(3),
    },
  ],
  [
    'by a reset after the final dot',
    {
      script: { dot: ['250 ok', reset, '250 ok'] },
      counts: { accepted: 2, unknown: 1 },
      attempts: [expect.stringContaining('2 unknown: ') as string],
      pauses: 1,
    },
  ],
  ['in the middle of the reply to RCPT', { script: { rcpt: [{ bytes: '250 2.1' }, '250 ok'] }, ...lost }],
  [
    'in the middle of the reply to the final dot',
    {
      script: { dot: [{ bytes: '250 2.0.0 tak' }, '250 ok'] },
      counts: { accepted: 2, unknown: 1 },
      attempts: ['1 unknown: Connection closed unexpectedly'],
      pauses: 1,
    },
  ],
  [
    'whenever one says good-bye to a refused message',
    {
      script: { rcpt: ['250 ok', '550 5.1.1 no', '250 ok'], rset: drop },
      counts: { accepted: 2, failed: 1 },
      attempts: ['2 permanent 550 5.1.1: 550 5.1.1 no'],
      suppressed: [2],
    },
  ],
]

const SLOW: Rows = [
  [
    'below the time limit',
    { script: { rcpt: { reply: '250 ok', afterMs: 60 }, dot: { reply: '250 ok', afterMs: 60 } }, attempts: [] },
  ],
  [
    'above it before the message',
    {
      script: { rcpt: [{ reply: '250 ok', afterMs: 500 }, '250 ok'] },
      timeoutMs: 150,
      attempts: [expect.stringMatching(/^- server connection: (?:Timeout|No answer)/) as string],
      pauses: 1,
    },
  ],
  [
    'above it after the final dot: in doubt, and not mailed again',
    {
      script: { dot: [{ reply: '250 ok', afterMs: 500 }, '250 ok'] },
      timeoutMs: 150,
      counts: { accepted: 2, unknown: 1 },
      attempts: [expect.stringMatching(/^1 unknown: (?:Timeout|No answer)/) as string],
      pauses: 1,
      seen: (server) => expect(server.messages).toHaveLength(3),
    },
  ],
  [
    'from the greeting on, for ever',
    {
      script: { greeting: hang },
      timeoutMs: 100,
      counts: { pending: 3 },
      attempts: Array.from({ length: 4 }, () => expect.stringMatching(/^- server connection: /) as string),
      end: { kind: 'server' },
      pauses: 3,
    },
  ],
]

const ODD: Rows = [
  [
    'answers MAIL with garbage',
    {
      script: { mail: ['hello there', '250 ok'] },
      attempts: [expect.stringMatching(/^- server connection: .*hello there/) as string],
      pauses: 1,
    },
  ],
  [
    'answers RCPT with bytes that are no text',
    {
      script: { rcpt: [{ bytes: '\u{0}\u{1b}[31m\u{ff}\r\n' }, '250 ok'] },
      attempts: [expect.stringMatching(/^- server connection: /) as string],
      pauses: 1,
    },
  ],
  [
    'answers the dot with garbage: in doubt',
    {
      script: { dot: ['hello there', '250 ok'] },
      counts: { accepted: 2, unknown: 1 },
      attempts: [expect.stringMatching(/^1 unknown: .*hello there/) as string],
      pauses: 1,
    },
  ],
  [
    'refuses a reader in a line of 100,000 characters, of which 16 kB are kept',
    {
      script: { rcpt: ['250 ok', `550 5.1.1 ${'x'.repeat(100_000)}`, '250 ok'] },
      counts: { accepted: 2, failed: 1 },
      attempts: [`2 permanent 550 5.1.1: 550 5.1.1 ${'x'.repeat(16_373)}…`],
      suppressed: [2],
    },
  ],
  ['accepts in a line of 100,000 characters', { script: { dot: `250 ${'x'.repeat(100_000)}` }, attempts: [] }],
  ['answers in several lines', { script: { dot: '250-2.0.0 taken\n250-as\n250 4711' }, attempts: [] }],
  [
    'sends a line of a million characters and no end',
    {
      script: { rcpt: [{ bytes: `550 ${'x'.repeat(1_000_000)}` }, '250 ok'] },
      attempts: [expect.stringMatching(/^- server connection: /) as string],
      pauses: 1,
    },
  ],
  [
    'knows no EHLO, and so no extension',
    {
      script: { ehlo: ['502 5.5.1 what', '250 hello'] },
      attempts: [],
      seen: ({ commands }) => {
        expect(commands.slice(0, 2).map((line) => line.slice(0, 4))).toEqual(['EHLO', 'HELO'])
        expect(commands.filter((line) => /8BITMIME|SMTPUTF8|SIZE|DSN/.test(line))).toEqual([])
      },
    },
  ],
  [
    'offers neither 8BITMIME nor SMTPUTF8: what it gets is ASCII all the same',
    {
      script: { extensions: ['PIPELINING', 'SIZE 1000000'] },
      attempts: [],
      seen: ({ commands, messages }) => {
        expect(commands.filter((line) => /8BITMIME|SMTPUTF8/.test(line))).toEqual([])
        for (const message of messages) expect(message.every((byte) => byte < 0x80)).toBe(true)
      },
    },
  ],
]

/** Readers whose addresses need SMTPUTF8; every second one of them, when there are to be others. */
function makeForeign(every: 1 | 2): Readers {
  return {
    find: async (key) => {
      const reader = makeReader(key)
      const email = key % every === 0 ? parseAddress(`żółw-${key}@example.com`) : reader.email
      if (!email) throw new TypeError('no address')
      return await Promise.resolve({ ...reader, email })
    },
    suppress: async () => await Promise.reject(new Error('nobody is to be suppressed')),
  }
}

const FOREIGN = '5.6.7: The server does not offer SMTPUTF8, which this reader’s address needs'
const ADDRESSES: Rows = [
  [
    'without SMTPUTF8: the others get theirs',
    {
      script: {},
      readers: makeForeign(2),
      counts: { accepted: 2, failed: 1 },
      attempts: [`2 permanent ${FOREIGN}`],
      seen: ({ commands }) => expect(commands.join('\n')).not.toContain('żółw'),
    },
  ],
  [
    'without SMTPUTF8, and many of them: that is no reason to doubt the server',
    {
      script: {},
      readers: makeForeign(1),
      audience: 25,
      counts: { failed: 25 },
      attempts: Array.from({ length: 25 }, (_, index) => `${index + 1} permanent ${FOREIGN}`),
    },
  ],
]

describe.for([
  ['a connection that is lost', LOST],
  ['a server that is slow', SLOW],
  ['a server that', ODD],
  ['addresses in UTF-8, and a server', ADDRESSES],
] as const)('%s', ([, rows]) => {
  test.for(rows)('%s', async ([, row]) => {
    await expectBehaviour(row)
  })
})
