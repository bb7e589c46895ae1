import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import type { AddressInfo, Server } from 'node:net'
import { join } from 'node:path'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { AppError, type Clock, messageOf } from '../base/index.ts'
import { inboxFailed } from './errors.ts'
import { openSmtp } from './smtp.ts'
import type { Transport } from './transport.ts'

/** Where the embedded inbox keeps mail and listens. */
export interface InboxOptions {
  /** One `.eml` file per message and recipient. */
  readonly folder: string
  /** 0: a free port. */
  readonly port: number
  readonly clock: Clock
}

/** A real SMTP server on loopback that keeps what it gets. */
export interface Inbox {
  readonly port: number
  close(): Promise<void>
}

const MAX_MESSAGE_BYTES = 50 * 1024 * 1024

/**
 * Starts the embedded inbox. A message is on disk before its final dot is answered with 250.
 *
 * @throws AppError `transport/inbox-failed` when the port is taken or the folder cannot be written.
 */
export async function startInbox({ folder, port, clock }: InboxOptions): Promise<Inbox> {
  await mkdir(folder, { recursive: true })
  let count = (await readdir(folder)).length
  const keep = async (stream: SMTPServerDataStream, session: SMTPServerSession) => {
    const body = await readStream(stream)
    if (stream.sizeExceeded) throw Object.assign(new Error('Message too large'), { responseCode: 552 })
    const now = clock.now()
    for (const { address } of session.envelope.rcptTo) {
      await keepMessage(
        folder,
        `${now.toISOString().replaceAll(/[:.]/g, '-')}-${String(++count).padStart(6, '0')}`,
        [
          `Return-Path: <${session.envelope.mailFrom ? session.envelope.mailFrom.address : ''}>`,
          `Delivered-To: ${address}`,
        ],
        body,
      )
    }
  }
  const server = new SMTPServer({
    banner: 'letterpress inbox',
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    size: MAX_MESSAGE_BYTES,
    onData: (stream, session, done) => {
      keep(stream, session).then(() => done(null, 'kept'), done)
    },
  })
  await listen(server.server, port)
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** A transport into an inbox of its own, for newsletters without SMTP settings: real SMTP, nobody receives it. */
export async function openInbox(options: InboxOptions): Promise<Transport> {
  const inbox = await startInbox(options)
  const smtp = openSmtp({ url: `smtp://127.0.0.1:${inbox.port}`, connections: 4 })
  return {
    name: 'inbox',
    place: options.folder,
    send: (message) => smtp.send(message),
    close: async () => {
      await smtp.close()
      await inbox.close()
    },
  }
}

async function readStream(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function keepMessage(folder: string, name: string, trace: readonly string[], body: Buffer): Promise<void> {
  const draft = join(folder, `.${name}.tmp`)
  await writeFile(draft, Buffer.concat([Buffer.from(`${trace.join('\r\n')}\r\n`), body]))
  await rename(draft, join(folder, `${name}.eml`))
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(
        new AppError(inboxFailed.code, inboxFailed.message(messageOf(error)), { kind: 'environment', cause: error }),
      )
    })
    server.listen(port, '127.0.0.1', resolve)
  })
}
