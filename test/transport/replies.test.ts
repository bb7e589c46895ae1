import { describe, expect, test } from 'vitest'
import { type AttemptKind, type Handover, readFailure, readReply } from '../../src/transport/index.ts'
import { type Behaviour, drop, hang, reset, type SmtpScript, startScript } from '../helpers/smtp-script.ts'
import { connect, makeMessage } from './make.ts'

type Row = readonly [what: string, script: SmtpScript, kind: AttemptKind, code?: number, enhancedCode?: string]

const closing: Behaviour = { reply: '421 4.3.2 shutting down', hangUp: true }

const ROWS: readonly Row[] = [
  ['accepts on 250', {}, 'accepted', 250, '2.0.0'],
  ['accepts on 250 without words', { dot: '250' }, 'accepted', 250],
  ['accepts on a reply of several lines', { dot: '250-2.0.0 taken\n250 2.0.0 as 4711' }, 'accepted', 250, '2.0.0'],
  ['accepts on 251 to the recipient', { rcpt: '251 will forward' }, 'accepted', 250, '2.0.0'],

  ['defers on 450 to the recipient', { rcpt: '450 4.2.1 mailbox busy' }, 'transient', 450, '4.2.1'],
  ['defers on 451 4.7.1, grey-listing', { rcpt: '451 4.7.1 try again later' }, 'transient', 451, '4.7.1'],
  ['defers on 452 to the recipient', { rcpt: '452 too many' }, 'transient', 452],
  ['defers on 450 to DATA', { data: '450 4.3.0 later' }, 'transient', 450, '4.3.0'],
  ['defers on 451 to the dot', { dot: '451 4.3.0 disk full' }, 'transient', 451, '4.3.0'],
  ['defers on 451 without words', { dot: '451' }, 'transient', 451],
  ['defers on 452 4.2.2, a full mailbox', { rcpt: '452 4.2.2 over quota' }, 'transient', 452, '4.2.2'],
  ['defers on 452 4.3.1, a full server', { dot: '452 4.3.1 insufficient system storage' }, 'transient', 452, '4.3.1'],

  ['fails on 550 5.1.1', { rcpt: '550 5.1.1 no such user' }, 'permanent', 550, '5.1.1'],
  ['fails on 550 without words', { rcpt: '550' }, 'permanent', 550],
  ['fails on 550 with a code and no words', { rcpt: '550 5.1.1' }, 'permanent', 550, '5.1.1'],
  ['fails on 552 5.2.2, mailbox full', { rcpt: '552 5.2.2 over quota' }, 'permanent', 552, '5.2.2'],
  ['fails on 554 to DATA', { data: '554 5.7.1 no' }, 'permanent', 554, '5.7.1'],
  ['fails on 550 5.7.515 to the dot', { dot: '550 5.7.515 access denied' }, 'permanent', 550, '5.7.515'],
  ['fails on 550 to the dot', { dot: '550 5.7.1 looks like spam' }, 'permanent', 550, '5.7.1'],
  ['fails on 550 to the dot without words', { dot: '550' }, 'permanent', 550],
  ['blames the message for 552 5.3.4: nobody could get it', { dot: '552 5.3.4 too big' }, 'server', 552, '5.3.4'],
  ['blames the session for 503 to the recipient', { rcpt: '503 5.5.1 MAIL first' }, 'server', 503, '5.5.1'],
  ['blames the login for 530 to the recipient', { rcpt: '530 5.7.0 log in first' }, 'server', 530, '5.7.0'],
  [
    'fails on a reply of several lines',
    { dot: '550-5.7.26 not\n550 5.7.26 authenticated' },
    'permanent',
    550,
    '5.7.26',
  ],

  [
    'blames the server for 554 in its greeting',
    { greeting: { reply: '554 5.7.1 blocked', hangUp: true } },
    'server',
    554,
    '5.7.1',
  ],
  ['blames the server for 421 in its greeting', { greeting: closing }, 'server', 421, '4.3.2'],
  ['blames the server for 550 to EHLO and HELO', { ehlo: '550 5.7.1 who are you' }, 'server', 550, '5.7.1'],
  ['blames the server for 421 to EHLO', { ehlo: closing }, 'server', 421],
  ['blames the server for a refused sender', { mail: '550 5.7.1 sender not allowed' }, 'server', 550, '5.7.1'],
  ['blames the server for a sender it defers', { mail: '451 4.7.28 slow down' }, 'server', 451, '4.7.28'],
  ['blames the server for 530 to MAIL FROM', { mail: '530 5.7.0 authenticate first' }, 'server', 530, '5.7.0'],
  ['blames the server for 4.7.28 to the recipient', { rcpt: '450 4.7.28 slow down' }, 'server', 450, '4.7.28'],
  ['blames the server for 4.7.28 to the dot', { dot: '451 4.7.28 slow down' }, 'server', 451, '4.7.28'],
  ['blames the server for 503 to DATA', { data: '503 5.5.1 RCPT first' }, 'server', 503, '5.5.1'],
  ['blames the server for 421 to MAIL FROM', { mail: closing }, 'server', 421, '4.3.2'],
  ['blames the server for 421 to the recipient', { rcpt: closing }, 'server', 421, '4.3.2'],
  ['blames the server for 421 to DATA', { data: closing }, 'server', 421, '4.3.2'],
  ['blames the server for 421 to the dot', { dot: closing }, 'server', 421, '4.3.2'],

  ['blames the server that drops before its greeting', { greeting: drop }, 'server'],
  ['blames the server that drops after EHLO', { ehlo: drop }, 'server'],
  ['blames the server that drops after MAIL FROM', { mail: drop }, 'server'],
  ['blames the server that drops after the recipient', { rcpt: drop }, 'server'],
  ['blames the server that drops after DATA, before 354', { data: drop }, 'server'],
  ['blames the server that resets after DATA, before 354', { data: reset }, 'server'],
  ['blames the server that drops inside the message', { body: drop }, 'server'],
  ['blames the server that resets inside the message', { body: reset }, 'server'],
  ['blames the server that answers the recipient with 354', { rcpt: '354 what' }, 'server'],
  ['blames the server that answers nonsense to the sender', { mail: 'hello there' }, 'server'],
  ['blames the server that answers 199 to the recipient', { rcpt: '199 what' }, 'server'],

  ['does not know when the connection is lost after the dot', { dot: drop }, 'unknown'],
  ['does not know when the connection is reset after the dot', { dot: reset }, 'unknown'],
  ['does not know when the dot is answered with nonsense', { dot: 'hello there' }, 'unknown'],
  ['does not know when the dot is answered with 354', { dot: '354 more' }, 'unknown'],
  ['does not know when the dot is answered with 199', { dot: '199 what' }, 'unknown'],
]

/** So that a server that ends inside the message is seen to: the dot waits. */
const slowly: Handover = { beforeFinalDot: async () => await new Promise((resolve) => setTimeout(resolve, 20)) }

describe.for([
  ['one command at a time', []],
  ['commands sent together', ['PIPELINING']],
] as const)('%s', ([, extensions]) => {
  test.for(ROWS)('%s', async ([, script, kind, code, enhancedCode]) => {
    const { port } = await startScript({ ...script, extensions })
    const attempt = await connect(port).send(makeMessage(), script.body ? slowly : undefined)
    expect({ kind: attempt.kind, code: attempt.code, enhancedCode: attempt.enhancedCode }).toEqual({
      kind,
      code,
      enhancedCode: enhancedCode ?? attempt.enhancedCode,
    })
    expect(attempt.text).toMatch(/^.+$/)
  })

  test.for([
    ['greeting', 'server'],
    ['ehlo', 'server'],
    ['mail', 'server'],
    ['rcpt', 'server'],
    ['data', 'server'],
    ['dot', 'unknown'],
  ] as const)('a server that says nothing more after %s is given up: %s', async ([stage, kind]) => {
    const { port } = await startScript({ [stage]: hang, extensions })
    const attempt = await connect(port, { timeoutMs: 700 }).send(makeMessage())
    expect(attempt).toMatchObject({ kind, text: expect.stringMatching(/.+/) as string })
    expect(attempt.code).toBeUndefined()
  })
})

test('keeps the words of the server, on one line and without control characters', async () => {
  const { port } = await startScript({ dot: '550-5.7.1 \u{1b}[31mred\u{7}\n550 5.7.1 second\tline \u{9b}2J' })
  const { text } = await connect(port).send(makeMessage())
  expect(text).toBe('550-5.7.1 [31mred 550 5.7.1 second line 2J')
})

test('keeps 16 kB of a talkative server, and no more', async () => {
  const { port } = await startScript({ rcpt: `550 ${'no '.repeat(20_000)}` })
  const attempt = await connect(port).send(makeMessage())
  expect(attempt).toMatchObject({ kind: 'permanent', code: 550 })
  expect(attempt.text).toHaveLength(16_384)
})

test('keeps the reader’s address out of what a server says about it', async () => {
  const { port } = await startScript({ rcpt: '550 5.1.1 <Lucia.Ibanez@EXAMPLE.com>: no such user' })
  const { text } = await connect(port).send(makeMessage())
  expect(text).toBe('550 5.1.1 <…>: no such user')
})

test.for([[], ['PIPELINING']])('blames the server for a 421 without words (extensions %j)', async (extensions) => {
  const { port } = await startScript({ extensions, rcpt: { reply: '421', hangUp: true } })
  expect(await connect(port).send(makeMessage())).toMatchObject({ kind: 'server' })
})

test('reads replies by themselves', () => {
  expect(readReply('250 2.0.0 ok')).toEqual({
    kind: 'accepted',
    code: 250,
    enhancedCode: '2.0.0',
    text: '250 2.0.0 ok',
  })
  expect(readReply('250 1.2.3.4 took it')).toEqual({ kind: 'accepted', code: 250, text: '250 1.2.3.4 took it' })
  for (const nonsense of ['', '25', '2500 ok', '354 go', '999', 'ok 250', '250ok']) {
    expect(readReply(nonsense), nonsense).toEqual({ kind: 'unknown', text: nonsense || 'A reply without words' })
  }
})

test('reads anything thrown, even what is no error', () => {
  for (const thrown of [new Error('a\nb'), 'text', 5, {}, { message: 'x', response: '' }]) {
    expect(readFailure(thrown, false).kind).toBe('server')
    expect(readFailure(thrown, true).kind).toBe('unknown')
  }
})

test.for([
  ['421 4.7.0 too many logins', 'throttled'],
  ['421 4.3.2 shutting down', 'busy'],
  ['454 4.7.0 temporary authentication failure', 'busy'],
  ['535 5.7.8 wrong', 'login'],
] as const)('a login answered with %s blames the server: %s', async ([reply, fault]) => {
  for (const auth of [reply, { reply, hangUp: true } as const]) {
    const server = await startScript({ extensions: ['AUTH PLAIN'], auth })
    const attempt = await connect(server.port, { login: 'ada:secret' }).send(makeMessage())
    expect(attempt).toMatchObject({ kind: 'server', fault, code: Number(reply.slice(0, 3)) })
    expect(server.messages).toEqual([])
  }
})

test('a server that thinks before each answer is waited for', async () => {
  const slow = (reply: string): Behaviour => ({ reply, afterMs: 150 })
  const server = await startScript({
    greeting: slow('220 hi'),
    ehlo: slow('250 hi'),
    mail: slow('250 ok'),
    rcpt: slow('250 ok'),
    data: slow('354 go'),
    dot: slow('250 2.0.0 ok'),
  })
  // Longer than each, shorter than all of them.
  expect(await connect(server.port, { timeoutMs: 400 }).send(makeMessage())).toMatchObject({ kind: 'accepted' })
})
