/**
 * What our use of nodemailer's `smtp-connection` rests on beyond its documentation. When its version changes: read
 * dist/esm/smtp-connection/index.js (`send`, `_setEnvelope`, `_createSendStream`, `_parseEhloExtensions`, `close`) and
 * data-stream.js beside it, then set the version here.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PassThrough } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import DataStream from 'nodemailer/lib/smtp-connection/data-stream.js'
import { expect, onTestFinished, test } from 'vitest'
import { handOver, needsStuffing } from '../../src/transport/smtp/hand-over.ts'
import { seedRandom } from '../helpers/random.ts'
import { startScript } from '../helpers/smtp-script.ts'
import { connect, makeMessage } from './make.ts'

const VERSION = '10.6.0'

test('nodemailer is the version that was read, here and in package.json', () => {
  const require = createRequire(import.meta.url)
  const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>
  expect(read(require.resolve('nodemailer/package.json'))['version']).toBe(VERSION)
  expect(read('package.json')['dependencies']?.['nodemailer']).toBe(VERSION)
})

async function drain(feed: (stream: DataStream) => void): Promise<Buffer> {
  const [stream, wire] = [new DataStream(), new PassThrough()]
  stream.pipe(wire)
  feed(stream)
  const chunks: Buffer[] = []
  for await (const chunk of wire) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

test('a message handed over is byte for byte what nodemailer’s own stream makes of it', async () => {
  const random = seedRandom(5)
  let ready = 0
  for (let round = 0; round < 400; round++) {
    const alphabet =
      round % 2 ? ['\r\n', 'a', '=2E', '.b', ' ', '--x'] : ['\r\n', 'a', 'b', '.', '\r', '\n', '\r\n.', '..']
    const raw = Buffer.from(`Subject: x\r\n\r\n${random.text(alphabet, 30)}\r\n`)
    const isWireReady = !needsStuffing(raw)
    if (isWireReady) ready++
    const plain = await drain((stream) => {
      stream.write(raw)
      stream.end()
    })
    for (const known of isWireReady ? [true, undefined] : [undefined]) {
      const journey = {
        beforeFinalDot: async () => await Promise.resolve(),
        onDot: () => undefined,
        onRefused: (reason: unknown) => expect.unreachable(String(reason)),
      }
      const handed = await drain((stream) => {
        handOver(raw, known, journey).source.pipe(stream)
      })
      expect(handed.equals(plain), JSON.stringify(String(raw))).toBe(true)
    }
  }
  expect(ready).toBeGreaterThan(100)
})

test('a message said to be ready is not looked through again', async () => {
  const server = await startScript({})
  // Not ready at all: who says so takes the blame, and the test sees that it was believed.
  const message = { ...makeMessage('Subject: x\r\n\r\n.hidden dot\r\n'), isWireReady: true } as const
  expect(await connect(server.port).send(message)).toMatchObject({ kind: 'accepted' })
  expect(String(server.messages[0])).toBe('Subject: x\r\n\r\n.hidden dot\r\n')
})

test('nodemailer keeps what EHLO announced where it is looked for', async () => {
  const server = await startScript({ extensions: ['SMTPUTF8', '8BITMIME', 'PIPELINING', 'SIZE 1234', 'AUTH PLAIN'] })
  const connection = new SMTPConnection({ host: '127.0.0.1', port: server.port })
  onTestFinished(() => connection.close())
  await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())))
  expect(connection).toMatchObject({
    _supportedExtensions: expect.arrayContaining(['SMTPUTF8', '8BITMIME', 'PIPELINING']) as string[],
    _ehloLines: ['SMTPUTF8', '8BITMIME', 'PIPELINING', 'SIZE 1234', 'AUTH PLAIN', 'OK'],
    _maxAllowedSize: 1234,
    allowsAuth: true,
    destroyed: false,
    secure: false,
  })
})
