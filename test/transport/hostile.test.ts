import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type SmtpScript, startScript } from '../helpers/smtp-script.ts'
import { connect, makeMessage } from './make.ts'

const MEGABYTE = 1024 * 1024
const REPLIES: Readonly<Record<string, string>> = {
  EHLO: '250 script',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go',
  '.': '250 ok',
}

/** Writes for as long as it is read, at one command or in place of the greeting; `written` is what was taken. */
async function startFlood(stage: string, line: string): Promise<{ port: number; written: () => number }> {
  let written = 0
  const server = createServer((socket) => {
    const flood = () => {
      while (!socket.destroyed && socket.write(line)) written += line.length
      written += line.length
    }
    socket.on('drain', flood)
    socket.on('error', () => undefined)
    socket.on('data', (chunk: Buffer) => {
      for (const command of Object.keys(REPLIES)) {
        if (!new RegExp(String.raw`^${command.replace('.', '\\.')}(?: .*)?\r$`, 'm').test(String(chunk))) continue
        if (command === stage) flood()
        else socket.write(`${REPLIES[command]}\r\n`)
      }
    })
    if (stage === 'greeting') flood()
    else socket.write('220 hi\r\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => await new Promise<void>((resolve) => server.close(() => resolve())))
  return { port: (server.address() as AddressInfo).port, written: () => written }
}

describe('a server that sends no end of a reply', () => {
  test.for(['greeting', ...Object.keys(REPLIES)])('at %s is cut off before much of it is read', async (stage) => {
    // nodemailer waits there for more than blank lines until the time is over.
    const isOpening = stage === 'greeting' || stage === 'EHLO'
    for (const line of [
      'x'.repeat(16_384),
      `250-${'x'.repeat(1000)}\r\n`,
      ...(isOpening ? [] : ['\r\n'.repeat(8192)]),
    ]) {
      const server = await startFlood(stage, line)
      const attempt = await connect(server.port).send(makeMessage())
      expect(attempt.kind).toBe(stage === '.' ? 'unknown' : 'server')
      expect(attempt.text.length).toBeLessThanOrEqual(1000)
      // What the system holds on the way is most of it.
      expect(server.written()).toBeLessThan(16 * MEGABYTE)
    }
  })

  test('line after line is cut off', async () => {
    const server = await startScript({ dot: { bytes: '250-more\r\n'.repeat(50_000) } })
    expect(await connect(server.port).send(makeMessage())).toMatchObject({ kind: 'unknown' })
  })

  test('of one megabyte that does end says no more than that it is too long', async () => {
    const server = await startScript({ rcpt: `550 5.1.1 ${'x'.repeat(MEGABYTE)}` })
    const attempt = await connect(server.port).send(makeMessage())
    expect(attempt).toMatchObject({ kind: 'server', fault: 'connection' })
    expect(server.messages).toEqual([])
  })
})

describe('a server with its own idea of the protocol', () => {
  const full: SmtpScript = { extensions: ['AUTH PLAIN', '8BITMIME', 'SIZE 1000000', 'PIPELINING'] }
  test.for([
    ['that sends one byte at a time', { ...full, pieceBytes: 1, dot: '250-2.0.0 taken\n250 2.0.0 as 4711' }],
    ['whose lines end in LF', { ...full, lineEnd: '\n', dot: '250-2.0.0 taken\n250 2.0.0 as 4711' }],
  ] as const)('%s is understood', async ([, script]) => {
    const server = await startScript(script)
    const transport = connect(server.port, { login: 'ada:x' })
    for (let round = 0; round < 3; round++) {
      expect(await transport.send(makeMessage())).toMatchObject({ kind: 'accepted', code: 250, enhancedCode: '2.0.0' })
    }
    expect(server.connections()).toBe(1)
  })

  test('a refusal in pieces of three bytes is the same refusal', async () => {
    const server = await startScript({ pieceBytes: 3, rcpt: '550-5.1.1 no\n550 5.1.1 such user' })
    const attempt = await connect(server.port).send(makeMessage())
    expect(attempt).toMatchObject({ kind: 'permanent', code: 550, enhancedCode: '5.1.1' })
    expect(attempt.text).toBe('550-5.1.1 no 550 5.1.1 such user')
  })

  test.for([
    ['250-2.0.0 taken\n550 5.7.1 no', 'unknown'],
    ['550-5.7.1 no\n250 2.0.0 taken', 'unknown'],
    ['450-4.7.1 later\n550 5.7.1 never', 'unknown'],
    ['250-2.0.0 taken\n250 2.0.0 indeed', 'accepted'],
    ['550-5.7.1 one\n550 5.7.26 other', 'permanent'],
  ] as const)('lines of one reply that disagree (%j) say nothing: %s', async ([dot, kind]) => {
    const server = await startScript({ dot })
    expect(await connect(server.port).send(makeMessage())).toMatchObject({ kind })
  })

  test('a recipient refused and taken in one reply is neither', async () => {
    const server = await startScript({ rcpt: '550-5.1.1 no\n250 2.1.5 yes' })
    expect(await connect(server.port).send(makeMessage())).toMatchObject({ kind: 'server', fault: 'connection' })
    expect(server.messages).toEqual([])
  })

  test.for([
    ['greeting', '\u0000\u0001garbage'],
    ['ehlo', '<html>'],
    ['mail', 'ok'],
    ['rcpt', '-550 no'],
    ['data', '99999'],
    ['data', 'HTTP/1.1 400 Bad Request'],
    ['dot', '+OK'],
    ['dot', '\u0000'],
    ['dot', '2500 ok'],
  ] as const)('nonsense at %s (%j) is no verdict', async ([stage, reply]) => {
    const tries = [[], ['PIPELINING']].map(async (extensions) => {
      const server = await startScript({ [stage]: reply, extensions })
      const attempt = await connect(server.port, { timeoutMs: 500 }).send(makeMessage())
      expect(attempt.kind, JSON.stringify(attempt)).toBe(stage === 'dot' ? 'unknown' : 'server')
      expect(attempt.text).toMatch(/^[^\p{Cc}]+$/u)
    })
    await Promise.all(tries)
  })

  test('a second reply that nobody asked for is not taken for the next message’s', async () => {
    const server = await startScript({ dot: ['250 2.0.0 one\n\n250 2.0.0 two', '550 5.7.1 no'] })
    const transport = connect(server.port)
    expect(await transport.send(makeMessage())).toMatchObject({ kind: 'accepted' })
    await expect.poll(server.open).toBe(0)
    expect(await transport.send(makeMessage())).toMatchObject({ kind: 'permanent', code: 550 })
    expect(server.connections()).toBe(2)
  })
})

describe('a reply that breaks off', () => {
  test.for([
    ['mail', 'server'],
    ['rcpt', 'server'],
    ['data', 'server'],
    ['dot', 'unknown'],
  ] as const)('in the middle, at %s, is no verdict: %s', async ([stage, kind]) => {
    const tries = ['2', '25', '250', '250-2.0.0 ok', '250-2.0.0 ok\r\n', '55'].map(async (bytes) => {
      const server = await startScript({ [stage]: { bytes } })
      const attempt = await connect(server.port).send(makeMessage())
      expect(attempt, JSON.stringify(bytes)).toMatchObject({ kind })
      expect(attempt.code).toBeUndefined()
    })
    await Promise.all(tries)
  })
})

test('a line that comes in letter by letter is not waited for without end', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.write('220 hi\r\n')
    socket.on('data', (chunk: Buffer) => {
      if (String(chunk).startsWith('EHLO')) socket.write('250 script\r\n')
      else setInterval(() => socket.writable && socket.write('2'), 50).unref()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => await new Promise<void>((resolve) => server.close(() => resolve())))
  const { port } = server.address() as AddressInfo
  const attempt = await connect(port, { timeoutMs: 300 }).send(makeMessage())
  expect(attempt).toMatchObject({ kind: 'server', fault: 'connection', text: 'No answer for 0.3 s' })
})
