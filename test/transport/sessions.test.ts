import { getActiveResourcesInfo } from 'node:process'
import { describe, expect, test } from 'vitest'
import { Sessions } from '../../src/transport/smtp/sessions.ts'
import { drop, hang, startScript } from '../helpers/smtp-script.ts'
import { connect, makeMessage, sendMany } from './make.ts'
import { type Fake, openByHand } from './sessions-by-hand.ts'

const logins = (commands: readonly string[]) => commands.filter((line) => line.startsWith('AUTH')).length
const until = async (isDone: () => boolean) => {
  while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 2))
}

describe('a limit of connections at the server', () => {
  test.for([
    '421 4.7.0 script Error: too many connections from 127.0.0.1',
    '421 4.3.2 too many connections',
    '421 Too many concurrent SMTP connections; please try again later.',
    '554 5.7.1 too many sessions',
  ])('(%s) stops nothing: the messages go over those that are open', async (greeting) => {
    const server = await startScript({ greeting: ['220 hi', '220 hi', '220 hi', { reply: greeting, hangUp: true }] })
    const attempts = await sendMany(connect(server.port, { connections: 10 }), 60)
    expect(new Set(attempts.map(({ kind }) => kind))).toEqual(new Set(['accepted']))
    expect(server.messages).toHaveLength(60)
    // Three that work, and those that were on their way when the first was refused.
    expect(server.connections()).toBeLessThanOrEqual(6)
  })

  test('is about all of them when nobody is let in', async () => {
    const server = await startScript({ greeting: { reply: '421 4.7.0 too many connections', hangUp: true } })
    const attempts = await sendMany(connect(server.port, { connections: 10 }), 30)
    expect(new Set(attempts.map(({ kind, fault }) => `${kind} ${fault}`))).toEqual(new Set(['server throttled']))
    expect(server.connections()).toBe(1)
  })

  test('4.7.28 is no limit of connections: the caller hears of it although others work', async () => {
    const greeting = { reply: '421 4.7.28 unusual rate', hangUp: true } as const
    const server = await startScript({ greeting: ['220 hi', greeting] })
    const attempts = await sendMany(connect(server.port, { connections: 2 }), 20)
    expect(attempts.filter(({ fault }) => fault === 'throttled').length).toBeGreaterThan(0)
    expect(attempts.some(({ kind }) => kind === 'accepted')).toBe(true)
  })
})

describe('logging in', () => {
  test('begins with one, then doubles, never all at once', async () => {
    const { options, open, connecting } = openByHand(16)
    const sessions = new Sessions(options)
    const asked = Array.from({ length: 16 }, async () => await sessions.acquire())
    const steps: number[] = []
    while (connecting.length > 0) {
      steps.push(connecting.length)
      open(connecting.length)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(steps).toEqual([1, 1, 2, 4, 8])
    expect((await Promise.all(asked)).every((outcome) => !('kind' in outcome))).toBe(true)
  })

  test('is tried by one alone after a loss', async () => {
    const { options, open, connecting } = openByHand(4)
    const sessions = new Sessions(options)
    const asked = Array.from({ length: 4 }, async () => await sessions.acquire())
    while (connecting.length > 0) {
      open(connecting.length)
      await new Promise((resolve) => setImmediate(resolve))
    }
    const held = (await Promise.all(asked)) as Fake[]
    for (const session of held) {
      session.isBroken = true
      sessions.release(session, true)
    }
    for (let count = 0; count < 4; count++) void sessions.acquire()
    expect(connecting).toHaveLength(1)
  })

  test('a lost server costs one login at a time, and all messages are told', async () => {
    const server = await startScript({
      extensions: ['AUTH PLAIN'],
      greeting: ['220 hi', '220 hi', '220 hi', '220 hi', { reply: '421 4.3.2 down', hangUp: true }],
      mail: drop,
    })
    const attempts = await sendMany(connect(server.port, { connections: 4, login: 'ada:x' }), 20)
    expect(attempts.every(({ kind }) => kind === 'server')).toBe(true)
    expect(logins(server.commands)).toBeLessThanOrEqual(4)
  })
})

describe('waiting for a session', () => {
  test('is served in order of arrival', async () => {
    const server = await startScript({})
    const transport = connect(server.port, { connections: 3 })
    const bodies = Array.from({ length: 40 }, (_, at) => `X: ${at}\r\n\r\n`)
    const kinds = await Promise.all(bodies.map(async (body) => (await transport.send(makeMessage(body))).kind))
    expect(new Set(kinds)).toEqual(new Set(['accepted']))
    const places = server.messages.map((message, at) => Math.abs(Number(/\d+/.exec(String(message))?.[0]) - at))
    expect(Math.max(...places)).toBeLessThanOrEqual(3)
  })

  test('ends for everybody although connections come and go as they like', async () => {
    const server = await startScript({
      extensions: ['PIPELINING'],
      greeting: ['220 hi', '220 hi', drop, '220 hi', '220 hi', { reply: '421 4.3.2 no', hangUp: true }, '220 hi'],
      mail: ['250 ok', '250 ok', drop, '250 ok', '421 4.4.2 enough', '250 ok', '250 ok', drop, '250 ok'],
      rcpt: ['250 ok', '550 5.1.1 no', '250 ok', '250 ok'],
      dot: ['250 ok', drop, '250 ok', '250 ok', { reply: '250 ok', hangUp: true }, '250 ok'],
    })
    const attempts = await sendMany(connect(server.port, { connections: 5, timeoutMs: 1000 }), 200)
    expect(attempts).toHaveLength(200)
    expect(attempts.filter(({ kind }) => kind === 'accepted').length).toBeGreaterThan(190)
  })

  test('a limit of connections that was found is tried again after a while, by one', async () => {
    const { options, open, refuse, connecting, pass } = openByHand(4)
    const sessions = new Sessions(options)
    const wait = async () => await new Promise((resolve) => setImmediate(resolve))
    for (let count = 0; count < 6; count++) void sessions.acquire()
    open(1)
    await wait()
    refuse('421 4.3.2 too many connections')
    await wait()
    expect(connecting).toHaveLength(0)
    void sessions.acquire()
    expect(connecting).toHaveLength(0)
    pass(60_001)
    void sessions.acquire()
    expect(connecting).toHaveLength(1)
    open(1)
    await wait()
    // It may do even better.
    expect(connecting).toHaveLength(1)
    refuse('421 4.3.2 too many connections')
    await wait()
    void sessions.acquire()
    expect(connecting).toHaveLength(0)
  })
})

test('a server that was gone for all is not taken for one with a limit of connections', async () => {
  const { options, open, refuse, connecting } = openByHand(4)
  const sessions = new Sessions(options)
  const wait = async () => await new Promise((resolve) => setImmediate(resolve))
  const asked = Array.from({ length: 4 }, async () => await sessions.acquire())
  open(1)
  await wait()
  refuse('421 4.3.2 no')
  await wait()
  const session = (await asked[0]) as Fake
  session.isBroken = true
  sessions.release(session, true)
  refuse('421 4.3.2 no')
  expect((await Promise.all(asked.slice(1))).every((outcome) => 'kind' in outcome)).toBe(true)
  for (let count = 0; count < 4; count++) void sessions.acquire()
  let opened = 0
  while (connecting.length > 0) {
    opened += connecting.length
    open(connecting.length)
    await wait()
  }
  expect(opened).toBe(4)
})

test.for([1, 3])('a connection is replaced after %d messages, with a good-bye', async (messagesPerConnection) => {
  const server = await startScript({})
  const transport = connect(server.port, { connections: 2, messagesPerConnection })
  const attempts = await sendMany(transport, 12)
  expect(new Set(attempts.map(({ kind }) => kind))).toEqual(new Set(['accepted']))
  await transport.close()
  expect(server.connections()).toBeGreaterThanOrEqual(12 / messagesPerConnection)
  expect(server.commands.filter((line) => line === 'QUIT').length).toBe(server.connections())
})

describe('the end', () => {
  const sockets = () =>
    getActiveResourcesInfo().filter((name) => /^(?:TCPSocketWrap|TLSWrap|Timeout)$/.test(name)).length

  test.for([
    ['close', '250 ok'],
    ['close', hang],
    ['destroy', '250 ok'],
    ['destroy', hang],
  ] as const)('(%s) leaves neither timer nor socket', async ([how, dot]) => {
    const server = await startScript({ dot: ['250 ok', dot] })
    const transport = connect(server.port, { connections: 3, timeoutMs: 300 })
    const before = sockets() + server.open()
    await transport.send(makeMessage())
    const sending = sendMany(transport, 3)
    if (how === 'close') await transport.close()
    else {
      await until(() => server.messages.length > 1)
      transport.destroy()
    }
    await sending
    await until(() => server.open() === 0)
    // Those of the server are gone as well; what the runner of the tests holds stays.
    expect(sockets()).toBeLessThanOrEqual(before)
    expect(await transport.send(makeMessage())).toMatchObject({ kind: 'server', fault: 'connection' })
  })

  test('comes at once while a connection is being opened', async () => {
    const server = await startScript({ greeting: hang })
    const transport = connect(server.port, { connections: 2 })
    const sending = sendMany(transport, 4)
    await until(() => server.connections() === 1)
    transport.destroy()
    expect((await sending).map(({ kind }) => kind)).toEqual(['server', 'server', 'server', 'server'])
    await until(() => server.open() === 0)
  })
})
