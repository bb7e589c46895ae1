import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../src/base/index.ts'
import { describeServer, isLoopback, openSmtp } from '../../src/transport/index.ts'
import { drop, startScript } from '../helpers/smtp-script.ts'
import { connect, makeMessage, READER } from './make.ts'

const PASSWORD = 'hunter2%/:@é'
const LOGIN = `ada:${encodeURIComponent(PASSWORD)}`
const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('sends', () => {
  test('the envelope of the message, whatever its headers say', async () => {
    const server = await startScript({})
    await connect(server.port).send(
      makeMessage('From: x@evil.example\r\nTo: y@evil.example\r\nBcc: z@evil.example\r\n\r\n'),
    )
    expect(server.commands.slice(1)).toEqual(['MAIL FROM:<ada@news.example.com>', `RCPT TO:<${READER}>`, 'DATA'])
  })

  test('the bytes as they are, with dots doubled', async () => {
    const server = await startScript({ extensions: ['8BITMIME'] })
    const raw = Buffer.concat([
      Buffer.from('Subject: dots\r\n\r\n.\r\n..\r\n.a\r\n...b\r\n\r\n.\r\nRCPT TO:<x@evil.example>\r\n'),
      Buffer.from([0x80, 0xff, 0xc3, 0x28, 0x00, 0x0d, 0x0a]),
    ])
    await connect(server.port).send(makeMessage(raw))
    const wire = server.messages[0]?.toString('latin1') ?? ''
    expect(wire.replaceAll(/^\./gm, '')).toBe(raw.toString('latin1'))
    expect(server.commands.filter((line) => line.startsWith('RCPT'))).toHaveLength(1)
  })

  test('many messages over one connection', async () => {
    const server = await startScript({})
    const transport = connect(server.port)
    const kinds = await Promise.all(Array.from({ length: 20 }, async () => (await transport.send(makeMessage())).kind))
    expect(kinds).toEqual(Array.from({ length: 20 }, () => 'accepted'))
    expect(server.connections()).toBe(1)
    expect(server.messages).toHaveLength(20)
  })

  test('over as many connections as it may, and no more', async () => {
    const server = await startScript({})
    const transport = connect(server.port, { connections: 3 })
    await Promise.all(Array.from({ length: 30 }, async () => await transport.send(makeMessage())))
    expect(server.connections()).toBe(3)
    expect(server.messages).toHaveLength(30)
  })

  test('the next message after one that was refused', async () => {
    const server = await startScript({ rcpt: ['550 5.1.1 no', '250 ok'], dot: ['250 ok', '554 no', '250 ok'] })
    const transport = connect(server.port)
    const kinds = []
    for (let round = 0; round < 4; round++) kinds.push((await transport.send(makeMessage())).kind)
    expect(kinds).toEqual(['permanent', 'accepted', 'permanent', 'accepted'])
  })

  test('a message once, when the connection is lost after the dot', async () => {
    const server = await startScript({ dot: ['250 ok', drop, '250 ok'] })
    const transport = connect(server.port)
    const kinds = []
    for (let round = 0; round < 3; round++)
      kinds.push((await transport.send(makeMessage(`X-Round: ${round}\r\n\r\n`))).kind)
    expect(kinds).toEqual(['accepted', 'unknown', 'accepted'])
    expect(server.messages.map((message) => message.toString().trim())).toEqual([
      'X-Round: 0',
      'X-Round: 1',
      'X-Round: 2',
    ])
  })

  test('nothing to a server that is not there', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    await new Promise((resolve) => server.close(resolve))
    expect(await connect(port).send(makeMessage())).toMatchObject({
      kind: 'server',
      text: expect.stringContaining('ECONNREFUSED') as string,
    })
  })
})

describe('closing', () => {
  test('waits for what is in flight', async () => {
    const server = await startScript({})
    const transport = connect(server.port)
    const sending = Array.from({ length: 5 }, async () => (await transport.send(makeMessage())).kind)
    await transport.close()
    expect(await Promise.all(sending)).toEqual(Array.from({ length: 5 }, () => 'accepted'))
    expect(server.messages).toHaveLength(5)
  })

  test('leaves no connection, and may be repeated', async () => {
    const server = await startScript({})
    const transport = connect(server.port)
    await transport.send(makeMessage())
    await transport.close()
    await transport.close()
    expect(await transport.send(makeMessage())).toMatchObject({ kind: 'server' })
    expect(server.messages).toHaveLength(1)
  })
})

describe('a login', () => {
  test('is made with the decoded user and password', async () => {
    const server = await startScript({ extensions: ['AUTH PLAIN'] })
    expect(await connect(server.port, { login: LOGIN }).send(makeMessage())).toMatchObject({ kind: 'accepted' })
    expect(server.commands).toContain(`AUTH PLAIN ${base64(`\u{0}ada\u{0}${PASSWORD}`)}`)
  })

  test.for([
    ['535 5.7.8 authentication failed', 535, '5.7.8'],
    ['454 4.7.0 temporary failure', 454, '4.7.0'],
    ['534 5.7.9 application-specific password required', 534, '5.7.9'],
  ] as const)(
    'that is refused with %s is the server’s doing, and no message is sent',
    async ([reply, code, enhancedCode]) => {
      const server = await startScript({ extensions: ['AUTH PLAIN'], auth: reply })
      const attempt = await connect(server.port, { login: LOGIN }).send(makeMessage())
      expect(attempt).toMatchObject({ kind: 'server', code, enhancedCode })
      expect(server.messages).toEqual([])
    },
  )

  test('is never told by what the transport says, even when the server repeats it', async () => {
    for (const echo of [PASSWORD, base64(PASSWORD), base64(`\u{0}ada\u{0}${PASSWORD}`)]) {
      const { port } = await startScript({ extensions: ['AUTH PLAIN'], auth: `535 5.7.8 ${echo} is wrong` })
      const transport = connect(port, { login: LOGIN })
      const shown = JSON.stringify([await transport.send(makeMessage()), transport])
      expect(shown).toContain('535 5.7.8 … is wrong')
      for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), base64(PASSWORD)])
        expect(shown).not.toContain(secret)
    }
  })
})

describe('the URL', () => {
  const insecure = { secure: false, verifiesCertificate: true, requiresTls: true }
  const local = { secure: false, verifiesCertificate: false, requiresTls: false }
  test.for([
    [
      'smtp://mail.example.com',
      { host: 'mail.example.com', port: 587, user: '', password: '', auth: 'password', ...insecure },
    ],
    [
      'smtps://mail.example.com',
      {
        host: 'mail.example.com',
        port: 465,
        user: '',
        password: '',
        auth: 'password',
        ...insecure,
        secure: true,
        requiresTls: false,
      },
    ],
    [
      'smtp://mail.example.com:2525',
      { host: 'mail.example.com', port: 2525, user: '', password: '', auth: 'password', ...insecure },
    ],
    [
      'smtp://ada%40x:p%25w@mail.example.com',
      { host: 'mail.example.com', port: 587, user: 'ada@x', password: 'p%w', auth: 'password', ...insecure },
    ],
    ['smtp://localhost:1025', { host: 'localhost', port: 1025, user: '', password: '', auth: 'password', ...local }],
    ['smtp://127.0.0.1', { host: '127.0.0.1', port: 587, user: '', password: '', auth: 'password', ...local }],
    ['smtp://[::1]:25', { host: '::1', port: 25, user: '', password: '', auth: 'password', ...local }],
    [
      'smtps://localhost',
      { host: 'localhost', port: 465, user: '', password: '', auth: 'password', ...local, secure: true },
    ],
  ] as const)('%s is understood', ([url, server]) => {
    expect(describeServer(url)).toEqual(server)
  })

  test.for([
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    'evil-localhost',
    'LOCALHOST',
    '%6cocalhost',
    '127.1',
    '127.0.0.999',
    '0.0.0.0',
    '10.0.0.1',
    '192.168.1.1',
    '169.254.0.1',
    '::ffff:127.0.0.1',
    '::',
    'fe80::1',
    'localhost.',
    '2130706433',
    '',
  ])('%s is not this machine, so TLS is required', (host) => {
    expect(isLoopback(host)).toBe(false)
    if (host === '') return
    const server = describeServer(`smtp://${host.includes(':') ? `[${host}]` : host}`)
    expect(server).toMatchObject({ requiresTls: true, verifiesCertificate: true })
  })

  test.for([
    '',
    'mail.example.com',
    'mail.example.com:25',
    'http://mail.example.com',
    'smtp:',
    'smtp://',
    'smtp:///x',
    'smtp://:25',
    `smtp://ada:${PASSWORD}@mail.example.com`,
    'smtp://ada:100%@mail.example.com',
    'smtp://a%:hunter2@mail.example.com',
    'smtp://ada:hunter2@mail.example.com:0',
    'smtp://ada:hunter2@mail.example.com:99999',
    'imap://ada:hunter2@mail.example.com',
    'smtp://ada:hunter2@',
    'smtp://ada:hunter2@mail example.com',
    'javascript:alert(1)',
    'ada:hunter2@mail.example.com',
  ])('%j is refused without a word of it', (url) => {
    const error = thrown(() => openSmtp({ url, connections: 1 }))
    expect(error).toMatchObject({ code: 'transport/invalid-smtp-url', kind: 'usage' })
    expect(`${error.message}${error.hint}${String(error.cause)}`).not.toContain('hunter2')
    expect(error.message).toMatch(/^SMTP_URL cannot be used: [^.]+\.$/)
  })
})

test('a server off this machine that offers no TLS gets neither login nor message', async () => {
  // The name leads here and is not one of this machine's, so the rule for the rest of the world holds.
  const server = await startScript({ extensions: ['AUTH PLAIN'] })
  const transport = openSmtp({ url: `smtp://ada:hunter2@0.0.0.0:${server.port}`, connections: 1, timeoutMs: 5000 })
  const attempt = await transport.send(makeMessage())
  await transport.close()
  expect(attempt).toMatchObject({ kind: 'server', fault: 'tls' })
  expect(server.messages).toEqual([])
  expect(server.commands.join('\n')).not.toMatch(/AUTH|MAIL/)
})

function thrown(call: () => unknown): AppError {
  try {
    call()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('expected an AppError')
}
