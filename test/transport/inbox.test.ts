import { once } from 'node:events'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect as connectSocket, createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { AppError, fixClock } from '../../src/base/index.ts'
import { type Inbox, openInbox, startInbox } from '../../src/transport/index.ts'
import { makeFolder } from '../helpers/folder.ts'
import { seedRandom } from '../helpers/random.ts'
import { connect, makeMessage, READER } from './make.ts'

const clock = fixClock(new Date('2024-03-11T09:00:00.123Z'))
const MEBIBYTE = 1024 * 1024

async function start(folder: string, port = 0): Promise<Inbox> {
  const inbox = await startInbox({ folder, port, clock })
  onTestFinished(() => inbox.close())
  return inbox
}

const list = (folder: string) => readdirSync(folder).toSorted()

/** What was kept, without the two lines of trace before it. */
function readKept(folder: string): { trace: string; raw: Buffer }[] {
  return list(folder).map((name) => {
    const file = readFileSync(join(folder, name))
    const end = file.indexOf('\r\n', file.indexOf('\r\n') + 2) + 2
    return { trace: file.subarray(0, end).toString(), raw: file.subarray(end) }
  })
}

/** Speaks SMTP line by line, as a client that obeys nothing; gives everything the server said. */
async function speak(port: number, lines: readonly string[]): Promise<string> {
  const socket = connectSocket(port, '127.0.0.1')
  socket.on('error', () => undefined)
  let said = ''
  for (const line of [...lines, 'QUIT\r\n']) {
    const [chunk] = (await once(socket, 'data')) as [Buffer]
    said += chunk.toString()
    socket.write(line)
  }
  await once(socket, 'close')
  return said
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    () => 'no failure',
    (error: unknown) => error,
  )
}

describe('keeps', () => {
  test('a message byte for byte, with where it came from and went', async () => {
    const folder = makeFolder()
    const transport = connect((await start(folder)).port)
    const raw = 'Subject: hi\r\n\r\n.\r\n..\r\n.a\r\n\r\nlast line\r\n'
    expect(await transport.send(makeMessage(raw))).toMatchObject({ kind: 'accepted', code: 250 })
    expect(list(folder)).toEqual(['2024-03-11T09-00-00-123Z-000001.eml'])
    const [kept] = readKept(folder)
    expect(kept?.trace).toBe(`Return-Path: <ada@news.example.com>\r\nDelivered-To: ${READER}\r\n`)
    expect(kept?.raw.toString()).toBe(raw)
  })

  test.for([
    ['lines of 998 octets', `Subject: long\r\n\r\n${'x'.repeat(998)}\r\n`],
    ['a line of 100,000 octets', `Subject: long\r\n\r\n${'x'.repeat(100_000)}\r\n`],
    ['8-bit text', 'Subject: 8bit\r\n\r\n日本語 ليلى é 🙂\r\n'],
    ['nothing but dots', 'Subject: dots\r\n\r\n.\r\n.\r\n..\r\n...\r\n.\r\n'],
    ['many empty lines', `Subject: empty\r\n\r\n${'\r\n'.repeat(1000)}`],
    ['what looks like commands', 'Subject: x\r\n\r\nQUIT\r\nRSET\r\nMAIL FROM:<x@evil.example>\r\n.QUIT\r\n'],
  ])('%s', async ([, raw]) => {
    const folder = makeFolder()
    expect(await connect((await start(folder)).port).send(makeMessage(raw))).toMatchObject({ kind: 'accepted' })
    expect(readKept(folder)[0]?.raw.toString()).toBe(raw)
  })

  test('any octets whatever between line ends', async () => {
    const folder = makeFolder()
    const random = seedRandom(4)
    const octets = Array.from({ length: 200_000 }, () => random.below(256)).map((octet) =>
      octet === 10 || octet === 13 ? 46 : octet,
    )
    const lines = Array.from({ length: 1000 }, (_, index) =>
      Buffer.concat([Buffer.from(octets.slice(index * 200, index * 200 + 200)), Buffer.from('\r\n')]),
    )
    const raw = Buffer.concat([Buffer.from('Subject: binary\r\n\r\n'), ...lines])
    await connect((await start(folder)).port).send(makeMessage(raw))
    expect(readKept(folder)[0]?.raw.equals(raw)).toBe(true)
  })

  test('one file for each recipient', async () => {
    const folder = makeFolder()
    const { port } = await start(folder)
    const commands = [
      'EHLO x\r\n',
      'MAIL FROM:<a@example.com>\r\n',
      'RCPT TO:<b@example.com>\r\n',
      'RCPT TO:<c@example.com>\r\n',
      'DATA\r\n',
    ]
    expect(await speak(port, [...commands, 'Subject: two\r\n\r\nx\r\n.\r\n'])).toContain('250 kept')
    expect(readKept(folder).map(({ trace }) => /Delivered-To: (.*)\r\n/.exec(trace)?.[1])).toEqual([
      'b@example.com',
      'c@example.com',
    ])
  })

  test('a bounce, which has no sender', async () => {
    const folder = makeFolder()
    const commands = ['EHLO x\r\n', 'MAIL FROM:<>\r\n', 'RCPT TO:<b@example.com>\r\n', 'DATA\r\n', '\r\nx\r\n.\r\n']
    await speak((await start(folder)).port, commands)
    expect(readKept(folder)[0]?.trace).toContain('Return-Path: <>\r\n')
  })

  test('a hundred messages at once, none over another, in order of their names', async () => {
    const folder = makeFolder()
    const transport = connect((await start(folder)).port, { connections: 5 })
    await Promise.all(
      Array.from({ length: 100 }, async (_, index) => await transport.send(makeMessage(`X-N: ${index}\r\n\r\n`))),
    )
    expect(new Set(readKept(folder).map(({ raw }) => raw.toString()))).toHaveLength(100)
    expect(list(folder).at(-1)).toBe('2024-03-11T09-00-00-123Z-000100.eml')
  })

  test('what another inbox put into the same folder in the same millisecond', async () => {
    const folder = makeFolder()
    const [first, second] = [connect((await start(folder)).port), connect((await start(folder)).port)]
    await Promise.all(
      Array.from(
        { length: 20 },
        async (_, index) => await (index % 2 ? first : second).send(makeMessage(`X-N: ${index}\r\n\r\n`)),
      ),
    )
    expect(list(folder)).toHaveLength(20)
    expect(new Set(readKept(folder).map(({ raw }) => raw.toString()))).toHaveLength(20)
  })

  test('what was there before it started, also after some was deleted', async () => {
    const folder = makeFolder({ 'b.eml': 'kept', '2024-03-11T09-00-00-123Z-000002.eml': 'kept' })
    const transport = connect((await start(folder)).port)
    for (let round = 0; round < 3; round++) await transport.send(makeMessage())
    expect(list(folder)).toHaveLength(5)
    expect(readFileSync(join(folder, '2024-03-11T09-00-00-123Z-000002.eml'), 'utf8')).toBe('kept')
  })

  test('nothing half-written, and makes the folder', async () => {
    const folder = join(makeFolder(), 'data', 'inbox')
    const transport = connect((await start(folder)).port)
    await transport.send(makeMessage())
    expect(list(folder)).toEqual(['2024-03-11T09-00-00-123Z-000001.eml'])
  })
})

describe('refuses', () => {
  test('a message that is too large with 552, keeps nothing, and takes the next', async () => {
    const folder = makeFolder()
    const transport = connect((await start(folder)).port, { timeoutMs: 30_000 })
    const large = makeMessage(
      Buffer.concat([
        Buffer.from('Subject: large\r\n\r\n'),
        Buffer.alloc(50 * MEBIBYTE, `${'x'.repeat(76)}\r\n`),
        Buffer.from('\r\n'),
      ]),
    )
    expect(await transport.send(large)).toMatchObject({ kind: 'server', fault: 'size' })
    expect(list(folder)).toEqual([])
    expect(await transport.send(makeMessage())).toMatchObject({ kind: 'accepted' })
  }, 60_000)

  test('one that says beforehand that it is', async () => {
    const said = await speak((await start(makeFolder())).port, [
      'EHLO x\r\n',
      'MAIL FROM:<a@example.com> SIZE=99999999\r\n',
    ])
    expect(said).toMatch(/^552 /m)
  })

  test('a login and STARTTLS, of which it has neither', async () => {
    const said = await speak((await start(makeFolder())).port, [
      'EHLO x\r\n',
      'AUTH PLAIN AGEAYg==\r\n',
      'STARTTLS\r\n',
    ])
    expect(said).not.toMatch(/^250[ -](?:AUTH|STARTTLS)/m)
    expect(said.match(/^5\d\d /gm)).toHaveLength(2)
  })

  test('a recipient that would add a line to the file', async () => {
    const folder = makeFolder()
    const commands = [
      'EHLO x\r\n',
      'MAIL FROM:<a@example.com>\r\n',
      'RCPT TO:<b@example.com\rX-Evil: 1>\r\n',
      'DATA\r\n',
      'Subject: x\r\n\r\n.\r\n',
    ]
    await speak((await start(folder)).port, commands)
    for (const { trace } of readKept(folder)) expect(trace).not.toMatch(/\r(?!\n)|^X-Evil/m)
  })
})

describe('survives', () => {
  test('a client that resets the connection in the middle of a message', async () => {
    const folder = makeFolder()
    const { port } = await start(folder)
    for (const said of [
      [],
      ['EHLO x'],
      ['EHLO x', 'MAIL FROM:<a@example.com>'],
      ['EHLO x', 'MAIL FROM:<a@example.com>', 'RCPT TO:<b@example.com>', 'DATA', 'half'],
    ]) {
      const socket = connectSocket(port, '127.0.0.1')
      for (const line of said) {
        await once(socket, 'data')
        socket.write(`${line}\r\n`)
      }
      await new Promise((resolve) => socket.write('', resolve))
      socket.resetAndDestroy()
      await once(socket, 'close')
    }
    expect(await connect(port).send(makeMessage())).toMatchObject({ kind: 'accepted' })
    expect(list(folder)).toHaveLength(1)
  })

  test('a folder that is gone: the message is deferred, not lost in silence', async () => {
    const folder = join(makeFolder(), 'inbox')
    const transport = connect((await start(folder)).port)
    rmSync(folder, { recursive: true })
    writeFileSync(folder, 'a file in its place')
    expect(await transport.send(makeMessage())).toMatchObject({ kind: 'transient' })
  })
})

describe('cannot start', () => {
  test('on a port that is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void other.close())
    const { port } = other.address() as { port: number }
    const error = await failure(startInbox({ folder: makeFolder(), port, clock }))
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({ code: 'transport/inbox-failed', kind: 'environment' })
    expect((error as AppError).message).toContain(String(port))
  })

  test('on a folder that is a file, or below one', async () => {
    const folder = makeFolder({ file: '' })
    for (const path of ['file', 'file/inbox']) {
      const error = await failure(startInbox({ folder: join(folder, path), port: 0, clock }))
      expect(error).toBeInstanceOf(AppError)
      expect(error).toMatchObject({ code: 'transport/inbox-failed', kind: 'environment' })
    }
  })
})

describe('a transport of its own', () => {
  test('keeps mail in the folder it names, and leaves nothing open', async () => {
    const folder = makeFolder()
    const transport = await openInbox({ folder, port: 0, clock })
    expect(transport).toMatchObject({ name: 'inbox', place: folder })
    const sending = Promise.all(Array.from({ length: 10 }, async () => (await transport.send(makeMessage())).kind))
    await transport.close()
    expect(await sending).toEqual(Array.from({ length: 10 }, () => 'accepted'))
    expect(list(folder)).toHaveLength(10)
  })

  test('closes although a client stays connected', async () => {
    const inbox = await startInbox({ folder: makeFolder(), port: 0, clock })
    const socket = connectSocket(inbox.port, '127.0.0.1')
    await once(socket, 'data')
    const closed = once(socket, 'close')
    await inbox.close()
    await closed
    expect(socket.destroyed).toBe(true)
  })
})
