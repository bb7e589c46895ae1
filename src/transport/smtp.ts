import type { Readable } from 'node:stream'
import { createTransport, type SendMailOptions } from 'nodemailer'
import type { Message } from '../message/index.ts'
import { type Attempt, readFailure, readReply } from './attempt.ts'
import { describeServer, type SmtpServer } from './smtp-url.ts'
import type { Transport } from './transport.ts'

/** How to reach an SMTP server. */
export interface SmtpOptions {
  /** `smtp://` (STARTTLS) or `smtps://` (TLS from the start), with user and password when the server wants them. */
  readonly url: string
  /** Connections at a time. */
  readonly connections: number
  /** Without an answer for this long a connection counts as dead. */
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 60_000

/** Filled while a message is on its way: once its stream was read, the server may have it. */
interface Handover {
  stream?: Readable
}

/**
 * Opens a pool of connections to an SMTP server. Off loopback a connection without TLS is refused: no password and no
 * reader's address goes over the wire in clear.
 *
 * @throws AppError `transport/invalid-smtp-url`
 */
export function openSmtp(options: SmtpOptions): Transport {
  const server = describeServer(options.url)
  const pool = openPool(server, options)
  const inFlight = new Set<Promise<Attempt>>()
  const deliver = async ({ envelope, raw }: Message): Promise<Attempt> => {
    const handover: Handover = {}
    const mail: SendMailOptions & { handover: Handover } = {
      envelope: { from: envelope.from, to: [envelope.to] },
      raw,
      handover,
    }
    const hidden = [...listSecrets(server), envelope.to]
    try {
      const { response } = await pool.sendMail(mail)
      return redact(readReply(response), hidden)
    } catch (error) {
      return redact(readFailure(error, handover.stream?.readableDidRead ?? false), hidden)
    }
  }
  return {
    name: 'smtp',
    place: `${server.host}:${server.port}`,
    send: async (message) => {
      const attempt = deliver(message)
      inFlight.add(attempt)
      return await attempt.finally(() => inFlight.delete(attempt))
    },
    close: async () => {
      await Promise.allSettled(inFlight)
      pool.close()
    },
  }
}

function openPool(server: SmtpServer, { connections, timeoutMs = TIMEOUT_MS }: SmtpOptions) {
  const pool = createTransport({
    pool: true,
    maxConnections: connections,
    maxMessages: Infinity,
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: server.requiresTls,
    ...(server.user ? { auth: { user: server.user, pass: server.password } } : {}),
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: server.verifiesCertificate },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  // nodemailer reads this stream after the 354 only, and its errors do not tell whether that came.
  pool.use('stream', (mail, done) => {
    const { handover } = mail.data as { handover?: Handover }
    mail.message.processFunc((stream) => {
      if (handover) handover.stream = stream
      return stream
    })
    done()
  })
  return pool
}

// A server may repeat what it was told, the reader's address and the login included.
function redact(attempt: Attempt, hidden: readonly string[]): Attempt {
  const pattern = hidden.map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)).join('|')
  return { ...attempt, text: attempt.text.replaceAll(new RegExp(pattern, 'gi'), '…') }
}

function listSecrets({ user, password }: SmtpServer): string[] {
  if (password === '') return []
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  return [base64(`\u{0}${user}\u{0}${password}`), base64(password), password]
}
