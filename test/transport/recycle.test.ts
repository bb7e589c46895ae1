/** Messages share memory: what stands on the wire must be what was written, whatever the server does meanwhile. */
import { describe, expect, test } from 'vitest'
import { compileMessage, type Message, signTemplate } from '../../src/message/index.ts'
import { openSmtp, type SmtpOptions } from '../../src/transport/index.ts'
import { makeCertificate } from '../helpers/certificate.ts'
import { type Behaviour, drop, quiet, reset, type ScriptedServer, startScript } from '../helpers/smtp-script.ts'
import { makeSigner } from '../message/dkim-make.ts'
import { address, DATE, makeReader, makeRendered, OPTIONS } from '../message/make.ts'
import { connect, makeMessage } from './make.ts'

const DAY_MS = 86_400_000

test('a message that was answered early keeps its memory while bytes of it are still here', async () => {
  const server = await startScript({ body: ['250 2.0.0 so soon', quiet], dot: quiet, restMs: 1 })
  const raw = Buffer.from(`Subject: x\r\n\r\n${'all of it is read in the end\r\n'.repeat(600_000)}`)
  const expected = Buffer.from(raw)
  let recycled = 0
  const recycle = () => {
    recycled++
    raw.fill('!')
  }
  const attempt = await connect(server.port).send({ ...makeMessage(), raw, isWireReady: true, recycle })
  expect(attempt).toMatchObject({ kind: 'accepted', text: expect.stringContaining('so soon') as string })
  expect(recycled).toBe(0)
  await expect.poll(() => server.messages.length, { timeout: 20_000 }).toBe(1)
  expect(server.messages[0]?.equals(expected)).toBe(true)
})

test.for([
  ['450 4.2.0 later', 0],
  ['550 5.1.1 no', 0],
  [drop, 0],
  ['250 2.0.0 ok', 1],
] as const)('after %j to the dot it is recycled as often as it was taken: %i', async ([dot, times]) => {
  const server = await startScript({ dot: dot as Behaviour })
  let recycled = 0
  await connect(server.port).send({ ...makeMessage(), recycle: () => void recycled++ })
  expect(recycled).toBe(times)
})

const READERS = 300
/** Long ones, and each of another length. */
const template = () =>
  compileMessage(
    makeRendered({ html: `<p>{{subscriber.name}}</p>${'<p>news of the week</p>\n'.repeat(4000)}` }),
    OPTIONS,
  )
const readers = Array.from({ length: READERS }, (_, index) =>
  makeReader({
    id: `r${index}`,
    email: address(`r${index}@example.com`),
    name: `Lucía ${'x'.repeat((index * 37) % 900)}`,
  }),
)

async function sendAll(server: ScriptedServer, fill: (index: number) => Promise<Message>, own: Partial<SmtpOptions>) {
  const transport = openSmtp({ url: `smtp://127.0.0.1:${server.port}`, connections: 5, timeoutMs: 5000, ...own })
  const memory = new Set<ArrayBufferLike>()
  let next = 0
  const loop = async () => {
    for (let index = next++; index < READERS; index = next++) {
      const message = await fill(index)
      memory.add(message.raw.buffer)
      await transport.send(message)
    }
  }
  await Promise.all(Array.from({ length: 5 }, loop))
  await transport.close()
  return memory.size
}

/** Whose message came, by its own address. */
function readerOf(message: Buffer): number {
  return Number(/^To: [^@]*<r(\d+)@/m.exec(message.toString('latin1', 0, 4000))?.[1])
}

describe('messages of one template over five connections', () => {
  test('share as much memory as five need, and arrive as they are without sharing', async () => {
    const server = await startScript({ extensions: ['PIPELINING'], restMs: 0 })
    const filled = template()
    const count = await sendAll(server, async (index) => await fill(filled, index), {})
    // A longer one than before needs a buffer of its own.
    expect(count).toBeLessThan(30)
    expect(new Set(server.messages.map(readerOf)).size).toBe(READERS)
    expectAsFilled(server.messages)
  })

  test('arrive as they are through refusals and lost connections', async () => {
    const pattern: Behaviour[] = [
      '250 ok',
      drop,
      '250 ok',
      '450 4.2.0 later',
      '250 ok',
      reset,
      '250 ok',
      '550 5.0.0 no',
    ]
    const dot = Array.from({ length: 400 }, (_, index) => pattern[index % pattern.length] ?? drop)
    const body = Array.from({ length: 400 }, (_, index) => (index % 17 === 16 ? drop : quiet))
    const server = await startScript({ extensions: ['PIPELINING'], dot, body, restMs: 0 })
    const filled = template()
    await sendAll(server, async (index) => await fill(filled, index), {})
    expect(server.messages.length).toBeGreaterThan(READERS / 2)
    expectAsFilled(server.messages)
  })

  test('arrive as they are over TLS', async () => {
    const [from, to] = [new Date(Date.now() - DAY_MS), new Date(Date.now() + DAY_MS)]
    const certificate = makeCertificate('127.0.0.1', from, to)
    const server = await startScript({ tls: { ...certificate, fromFirstByte: true }, restMs: 0 })
    const filled = template()
    await sendAll(server, async (index) => await fill(filled, index), { url: `smtps://127.0.0.1:${server.port}` })
    expect(server.messages).toHaveLength(READERS)
    expectAsFilled(server.messages)
  })

  test('arrive as they are when they are signed', async () => {
    const server = await startScript({ restMs: 0 })
    const signed = signTemplate(template(), makeSigner())
    const count = await sendAll(server, async (index) => await signed(pick(index), DATE), {})
    expect(count).toBeLessThan(30)
    expect(server.messages).toHaveLength(READERS)
    // Both algorithms are deterministic.
    for (const message of server.messages.slice(0, 50)) {
      const again = await signTemplate(template(), makeSigner())(pick(readerOf(message)), DATE)
      expect(again.raw.equals(message)).toBe(true)
    }
    expectAsFilled(server.messages.map((message) => message.subarray(message.indexOf('\r\nFrom: ') + 2)))
  })
})

async function fill(filled: ReturnType<typeof template>, index: number): Promise<Message> {
  return await Promise.resolve(filled.fill(pick(index), DATE))
}

function pick(index: number) {
  const reader = readers[index]
  if (!reader) throw new TypeError(`no reader ${index}`)
  return reader
}

function expectAsFilled(messages: readonly Buffer[]): void {
  const fresh = template()
  for (const message of messages) expect(fresh.fill(pick(readerOf(message)), DATE).raw.equals(message)).toBe(true)
}
