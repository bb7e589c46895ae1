import { existsSync } from 'node:fs'
import { access, constants, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
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
/** How long a client that stays connected holds up the end. */
const CLOSE_TIMEOUT_MS = 1000

/**
 * Starts the embedded inbox. A message is on disk before its final dot is answered with 250.
 *
 * @throws AppError `transport/inbox-failed` when the port is taken or the folder cannot be written.
 */
export async function startInbox({ folder, port, clock }: InboxOptions): Promise<Inbox> {
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK)
    const server = createServer(createKeeper(folder, (await readdir(folder)).length, clock))
    await listen(server, port)
    return {
      port: (server.server.address() as AddressInfo).port,
      close: () => new Promise((resolve) => server.close(() => resolve())),
    }
  } catch (error) {
    throw new AppError(inboxFailed.code, inboxFailed.message(messageOf(error)), { kind: 'environment', cause: error })
  }
}

type Keep = (stream: SMTPServerDataStream, session: SMTPServerSession) => Promise<void>

function createServer(keep: Keep): SMTPServer {
  return new SMTPServer({
    banner: 'letterpress inbox',
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    size: MAX_MESSAGE_BYTES,
    closeTimeout: CLOSE_TIMEOUT_MS,
    onData: (stream, session, done) => {
      keep(stream, session).then(() => done(null, 'kept'), done)
    },
  })
}

function createKeeper(folder: string, known: number, clock: Clock): Keep {
  let count = known
  return async (stream, { envelope }) => {
    const body = await readStream(stream)
    if (stream.sizeExceeded) throw Object.assign(new Error('Message too large'), { responseCode: 552 })
    const time = clock.now().toISOString().replaceAll(/[:.]/g, '-')
    for (const { address } of envelope.rcptTo) {
      const trace = [`Return-Path: <${envelope.mailFrom ? envelope.mailFrom.address : ''}>`, `Delivered-To: ${address}`]
      const message = Buffer.concat([Buffer.from(`${trace.join('\r\n')}\r\n`), body])
      while (!(await keepMessage(folder, `${time}-${String(++count).padStart(6, '0')}`, message)));
    }
  }
}

/** A transport into an inbox of its own, for newsletters without SMTP settings: real SMTP, nobody receives it. */
export async function openInbox(options: InboxOptions): Promise<Transport> {
  const inbox = await startInbox(options)
  const smtp = openSmtp({ url: `smtp://127.0.0.1:${inbox.port}`, connections: 4 })
  return {
    name: 'inbox',
    place: options.folder,
    connections: smtp.connections,
    probe: async () => await smtp.probe(),
    send: async (message, handover) => await smtp.send(message, handover),
    destroy: () => smtp.destroy(),
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

/** @returns false when the name is taken: `dev` and `test` can each have an inbox on the same folder. */
async function keepMessage(folder: string, name: string, message: Buffer): Promise<boolean> {
  const [draft, file] = [join(folder, `.${name}.tmp`), join(folder, `${name}.eml`)]
  try {
    await writeFile(draft, message, { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
  if (existsSync(file)) {
    await rm(draft)
    return false
  }
  await rename(draft, file)
  return true
}

async function listen(server: SMTPServer, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    // It stays: a client that resets its connection later is an error as well, and would end the process.
    server.on('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
}
