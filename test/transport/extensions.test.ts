import { describe, expect, test } from 'vitest'
import { parseAddress } from '../../src/base/index.ts'
import type { Message } from '../../src/message/index.ts'
import { startScript } from '../helpers/smtp-script.ts'
import { connect, makeMessage } from './make.ts'

const UTF8_READER = 'lucía@example.com'
/** The address stands in the header, as UTF-8. */
const UTF8_MAIL = `To: ${UTF8_READER}\r\n\r\nhello\r\n`
const base64 = (text: string) => Buffer.from(text).toString('base64')

function makeFrom(from: string): Message {
  const message = makeMessage()
  const address = parseAddress(from)
  if (!address) throw new TypeError(from)
  return { ...message, envelope: { ...message.envelope, from: address } }
}

describe('an address in UTF-8', () => {
  test('needs SMTPUTF8: without it the reader fails alone, nothing goes out and the connection stays', async () => {
    const server = await startScript({ extensions: ['8BITMIME', 'PIPELINING'] })
    const transport = connect(server.port)
    const attempts = [
      await transport.send(makeMessage(UTF8_MAIL, UTF8_READER)),
      await transport.send(makeMessage()),
      await transport.send(makeMessage(UTF8_MAIL, UTF8_READER)),
    ]
    expect(attempts.map(({ kind }) => kind)).toEqual(['permanent', 'accepted', 'permanent'])
    expect(attempts[0]).toMatchObject({ enhancedCode: '5.6.7', text: expect.stringContaining('SMTPUTF8') as string })
    expect(attempts[0]?.text).not.toContain('luc')
    expect(server.commands.slice(1)).toEqual([
      'MAIL FROM:<ada@news.example.com>',
      'RCPT TO:<lucia.ibanez@example.com>',
      'DATA',
    ])
    expect(server.connections()).toBe(1)
  })

  test('of the sender is everybody’s problem', async () => {
    const server = await startScript({ extensions: ['8BITMIME'] })
    const attempt = await connect(server.port).send(makeFrom('adà@news.example.com'))
    expect(attempt).toMatchObject({ kind: 'server', fault: 'sender', enhancedCode: '5.6.7' })
    expect(server.commands.join()).not.toContain('MAIL')
  })

  test('is told to a server that offers it, as are the 8-bit bytes of its header (RFC 6531 §3.4)', async () => {
    const server = await startScript({ extensions: ['8BITMIME', 'SMTPUTF8'] })
    const transport = connect(server.port)
    expect(await transport.send(makeMessage(UTF8_MAIL, UTF8_READER))).toMatchObject({ kind: 'accepted' })
    expect(await transport.send(makeMessage())).toMatchObject({ kind: 'accepted' })
    expect(server.commands.filter((line) => !line.startsWith('EHLO'))).toEqual([
      'MAIL FROM:<ada@news.example.com> SMTPUTF8 BODY=8BITMIME',
      `RCPT TO:<${UTF8_READER}>`,
      'DATA',
      'MAIL FROM:<ada@news.example.com>',
      'RCPT TO:<lucia.ibanez@example.com>',
      'DATA',
    ])
    expect(String(server.messages[0])).toBe(UTF8_MAIL)
  })
})

describe('bytes of 8 bits', () => {
  test('go to no server that does not offer 8BITMIME', async () => {
    const server = await startScript({})
    const transport = connect(server.port)
    const attempt = await transport.send(makeMessage('Subject: x\r\n\r\nh\u00e9\r\n'))
    expect(attempt).toMatchObject({ kind: 'permanent', enhancedCode: '5.6.3' })
    expect(await transport.send(makeMessage())).toMatchObject({ kind: 'accepted' })
    expect(server.messages.flatMap((message) => [...message]).filter((byte) => byte > 127)).toEqual([])
    expect(server.connections()).toBe(1)
  })

  test('are announced to one that does', async () => {
    const server = await startScript({ extensions: ['8BITMIME'] })
    await connect(server.port).send(makeMessage('Subject: x\r\n\r\nh\u00e9\r\n'))
    expect(server.commands).toContain('MAIL FROM:<ada@news.example.com> BODY=8BITMIME')
  })
})

test('a message larger than the server takes is not begun', async () => {
  const server = await startScript({ extensions: ['SIZE 100'] })
  const attempt = await connect(server.port).send(makeMessage(`Subject: x\r\n\r\n${'a'.repeat(100)}\r\n`))
  expect(attempt).toMatchObject({ kind: 'server', fault: 'size' })
  expect(server.commands).toHaveLength(1)
})

test.for([['SIZE 100'], ['SIZE'], ['SIZE 0']])('one that fits says its size (%s)', async (extensions) => {
  const server = await startScript({ extensions })
  expect(await connect(server.port).send(makeMessage())).toMatchObject({ kind: 'accepted' })
  expect(server.commands).toContain('MAIL FROM:<ada@news.example.com> SIZE=22')
})

test('a server that knows no EHLO takes mail, and gets no password unasked', async () => {
  const server = await startScript({ ehlo: ['502 5.5.1 what', '250 script'] })
  expect(await connect(server.port, { login: 'ada:secret' }).send(makeMessage())).toMatchObject({ kind: 'accepted' })
  expect(server.commands.map((line) => line.slice(0, 4))).toEqual(['EHLO', 'HELO', 'MAIL', 'RCPT', 'DATA'])
})

describe('an access token', () => {
  const options = { login: 'ada%40example.com:ya29.token', auth: 'xoauth2' } as const
  const TOKEN = base64('user=ada@example.com\u{1}auth=Bearer ya29.token\u{1}\u{1}')

  test('is sent as XOAUTH2 wants it', async () => {
    const server = await startScript({ extensions: ['AUTH LOGIN PLAIN XOAUTH2'] })
    expect(await connect(server.port, options).send(makeMessage())).toMatchObject({ kind: 'accepted' })
    expect(server.commands[1]).toBe(`AUTH XOAUTH2 ${TOKEN}`)
  })

  test('that is refused is a refused login, with the server’s words, tried once', async () => {
    const challenge = base64('{"status":"401","schemes":"bearer"}')
    const server = await startScript({
      extensions: ['AUTH XOAUTH2'],
      auth: [`334 ${challenge}`, `535 5.7.8 not accepted: ${TOKEN} ya29.token`],
    })
    const attempt = await connect(server.port, options).send(makeMessage())
    expect(attempt).toEqual({
      kind: 'server',
      fault: 'login',
      code: 535,
      enhancedCode: '5.7.8',
      text: '535 5.7.8 not accepted: … …',
    })
    expect(server.commands.slice(1)).toEqual([`AUTH XOAUTH2 ${TOKEN}`, ''])
  })
})
