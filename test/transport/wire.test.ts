import { describe, expect, test } from 'vitest'
import { type Handover, type ServerFault } from '../../src/transport/index.ts'
import { seedRandom } from '../helpers/random.ts'
import { drop, type SmtpScript, startScript } from '../helpers/smtp-script.ts'
import { connect, makeMessage } from './make.ts'

/** RFC 5321 §4.5.2. */
const stuff = (raw: string) => raw.replaceAll(/^\./gm, '..')

describe('the bytes on the wire', () => {
  test.for([
    ['that need no stuffing', ['\r\n', 'a', '=2E', ' ', 'é', 'a.b', '--boundary']],
    ['with dots at the start of lines', ['\r\n', '.', '\r\n.', '\r\n..', '\r\n.\r\n', 'a']],
  ] as const)('are those of the message, %s', async ([, alphabet]) => {
    const server = await startScript({ extensions: ['PIPELINING', '8BITMIME'] })
    const transport = connect(server.port)
    const random = seedRandom(7)
    const messages = Array.from({ length: 200 }, () => `Subject: x\r\n\r\n${random.text(alphabet, 40)}\r\n`)
    for (const message of messages) expect(await transport.send(makeMessage(message))).toMatchObject({ code: 250 })
    expect(server.messages.map(String)).toEqual(messages.map(stuff))
  })

  test('never end a message early, whatever line ends it has', async () => {
    const server = await startScript({})
    const transport = connect(server.port)
    const random = seedRandom(11)
    for (let round = 1; round <= 200; round++) {
      const raw = random.text(['\r', '\n', '.', '\r\n', '\n.\n', '\r.\r', '\n.\r\n', 'QUIT\r\n', 'a'], 30)
      expect(await transport.send(makeMessage(raw === '' ? 'a' : raw))).toMatchObject({ code: 250 })
      expect(server.messages).toHaveLength(round)
      expect(String(server.messages.at(-1))).not.toMatch(/\r(?!\n)|(?<!\r)\n/)
    }
    expect(server.commands.filter((line) => line.startsWith('QUIT'))).toEqual([])
  })
})

describe('handing over', () => {
  test('asks once, after 354, and writes the dot only then', async () => {
    const server = await startScript({})
    const seen: unknown[] = []
    const handover: Handover = {
      beforeFinalDot: async () => {
        await new Promise((resolve) => setTimeout(resolve, 30))
        seen.push(server.commands.at(-1), server.messages.length)
      },
    }
    expect(await connect(server.port).send(makeMessage(), handover)).toMatchObject({ kind: 'accepted' })
    expect(seen).toEqual(['DATA', 0])
    expect(server.messages).toHaveLength(1)
  })

  test('never writes the dot when the caller refuses, tells its reason, and goes on over another connection', async () => {
    const server = await startScript({})
    const transport = connect(server.port)
    const reason = new Error('the disk is full')
    const refused = transport.send(makeMessage(), { beforeFinalDot: async () => await Promise.reject(reason) })
    await expect(refused).rejects.toBe(reason)
    expect(await transport.send(makeMessage('X: 2\r\n\r\n'))).toMatchObject({ kind: 'accepted' })
    expect(server.messages.map(String)).toEqual(['X: 2\r\n\r\n'])
    expect(server.connections()).toBe(2)
  })

  test.for([
    ['550 to the recipient', { rcpt: '550 5.1.1 no' }],
    ['451 to DATA', { data: '451 later' }],
    ['a lost connection', { data: drop }],
  ] as const)('does not ask after %s', async ([, script]) => {
    const server = await startScript(script)
    let asked = 0
    await connect(server.port).send(makeMessage(), { beforeFinalDot: async () => await Promise.resolve(void asked++) })
    expect(asked).toBe(0)
  })

  const slowly: Handover = { beforeFinalDot: async () => await new Promise((resolve) => setTimeout(resolve, 50)) }
  test.for([
    ['the connection is lost', { reply: '354 go', hangUp: true }, 'server'],
    ['the server defers it', '354 go\n452 4.3.1 disk full', 'transient'],
    ['the server refuses it', '354 go\n554 5.6.0 no', 'permanent'],
    ['the server says good-bye', '354 go\n421 4.3.2 shutting down', 'server'],
    ['the server takes it', '354 go\n250 2.0.0 ok', 'unknown'],
  ] as const)('writes no dot when %s before the end of the message', async ([, data, kind]) => {
    const server = await startScript({ data: [data, '354 go'] })
    const transport = connect(server.port)
    expect(await transport.send(makeMessage(), slowly)).toMatchObject({ kind })
    await new Promise((resolve) => setTimeout(resolve, 80))
    expect(server.messages).toEqual([])
    expect(await transport.send(makeMessage())).toMatchObject({ kind: 'accepted' })
    expect(server.connections()).toBe(2)
  })
})

test('asks once although the connection, used before, is lost between 354 and the dot', async () => {
  const server = await startScript({ data: ['354 go', { reply: '354 go', hangUp: true }, '354 go'] })
  const transport = connect(server.port)
  expect(await transport.send(makeMessage())).toMatchObject({ kind: 'accepted' })
  let asked = 0
  const attempt = await transport.send(makeMessage(), {
    beforeFinalDot: async () => {
      asked++
      await new Promise((resolve) => setTimeout(resolve, 50))
    },
  })
  expect(attempt).toMatchObject({ kind: 'server', fault: 'connection' })
  expect(asked).toBe(1)
  expect(server.messages).toHaveLength(1)
})

describe('connections', () => {
  test('are replaced without a word when the server ended them between two messages', async () => {
    const server = await startScript({
      dot: [{ reply: '250 ok', hangUp: true }, '250 ok'],
      mail: ['250 ok', '250 ok', '421 4.4.2 enough', '250 ok'],
    })
    const transport = connect(server.port)
    for (let round = 0; round < 3; round++) {
      expect(await transport.send(makeMessage())).toMatchObject({ kind: 'accepted' })
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect(server.messages).toHaveLength(3)
  })

  test('a wrong password costs one login, however many messages wait', async () => {
    const server = await startScript({ extensions: ['AUTH PLAIN'], auth: '535 5.7.8 no' })
    const transport = connect(server.port, { connections: 10, login: 'ada:wrong' })
    const attempts = await Promise.all(Array.from({ length: 30 }, async () => await transport.send(makeMessage())))
    expect(new Set(attempts.map(({ kind, fault }) => `${kind} ${fault}`))).toEqual(new Set(['server login']))
    expect(server.commands.filter((line) => line.startsWith('AUTH'))).toHaveLength(1)
  })

  test('the first one tells whether the server can be used', async () => {
    const server = await startScript({ extensions: ['AUTH PLAIN'], auth: ['535 5.7.8 no', '235 ok'] })
    const transport = connect(server.port, { login: 'ada:x' })
    expect(await transport.probe()).toMatchObject({ kind: 'server', fault: 'login', code: 535 })
    expect(await transport.probe()).toMatchObject({ kind: 'accepted' })
    expect(await transport.send(makeMessage())).toMatchObject({ kind: 'accepted' })
    expect(server.connections()).toBe(2)
  })

  test('end at once when they are cut: what was handed is unknown, the rest was not sent', async () => {
    const server = await startScript({ dot: { end: 'hang' } })
    const transport = connect(server.port, { connections: 2 })
    const attempts = Array.from({ length: 4 }, async () => await transport.send(makeMessage()))
    while (server.messages.length < 2) await new Promise((resolve) => setTimeout(resolve, 5))
    transport.destroy()
    expect((await Promise.all(attempts)).map(({ kind }) => kind)).toEqual(['unknown', 'unknown', 'server', 'server'])
    expect(server.messages).toHaveLength(2)
  })
})

const FAULTS: readonly (readonly [what: string, fault: ServerFault, script: SmtpScript])[] = [
  ['a refused login', 'login', { extensions: ['AUTH PLAIN'], auth: '535 5.7.8 no' }],
  ['a login that is asked for', 'login', { mail: '530 5.7.0 log in first' }],
  ['a login that may work later', 'busy', { extensions: ['AUTH PLAIN'], auth: '454 4.7.0 later' }],
  ['a sender that is refused', 'sender', { mail: '550 5.7.1 not yours' }],
  ['a sender that is deferred', 'busy', { mail: '451 4.3.0 later' }],
  ['a sender that is slowed down', 'throttled', { mail: '451 4.7.28 slow down' }],
  ['a quota that is used up', 'quota', { rcpt: '550 5.4.5 Daily user sending limit exceeded' }],
  ['a message too large', 'size', { dot: '552 5.3.4 too big' }],
  ['a message too large by the word of EHLO', 'size', { extensions: ['SIZE 10'] }],
  ['421 in the greeting', 'busy', { greeting: { reply: '421 4.3.2 full', hangUp: true } }],
  ['554 in the greeting', 'busy', { greeting: { reply: '554 5.7.1 no', hangUp: true } }],
  ['a session out of step', 'connection', { data: '503 5.5.1 what' }],
  ['a lost connection', 'connection', { mail: drop }],
]

test.for(FAULTS)('%s is told apart: %s', async ([, fault, script]) => {
  const server = await startScript(script)
  const attempt = await connect(server.port, { login: 'ada:x' }).send(makeMessage())
  expect(attempt).toMatchObject({ kind: 'server', fault })
})
