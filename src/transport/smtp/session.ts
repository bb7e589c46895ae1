import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Message } from '../../message/index.ts'
import { type Attempt, readFailure, readReply } from '../attempt.ts'
import type { SmtpServer } from '../smtp-url.ts'
import type { Handover } from '../transport.ts'
import { handOver } from './hand-over.ts'

/** How long a server may take. */
export interface Timeouts {
  /** To connect, and to answer any command. */
  readonly answerMs: number
  /** To judge a whole message; RFC 5321 §4.5.3.2.6 asks for ten minutes. */
  readonly verdictMs: number
}

/** One connection, logged in. It carries one message at a time. */
export interface Session {
  /** Messages tried so far. */
  readonly used: () => number
  /** False once it can carry no further message. */
  readonly isOpen: () => boolean
  /** @throws what `beforeFinalDot` threw, and nothing else. */
  send(message: Message, handover: Handover): Promise<Attempt>
  /** Says good-bye. */
  quit(): void
  destroy(): void
}

/** How long the end of a connection may take; a deaf server would keep the process for ever. */
const CLOSE_MS = 500

/**
 * Connects, secures and logs in over nodemailer's own SMTP client.
 *
 * @param signal - cuts it short.
 * @throws what nodemailer reports; see `readFailure`.
 */
export async function openSession(server: SmtpServer, timeouts: Timeouts, signal: AbortSignal): Promise<Session> {
  const connection = createConnection(server, timeouts)
  const cut = () => connection.close()
  signal.addEventListener('abort', cut, { once: true })
  try {
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject)
      connection.once('end', () => reject(describeEnd()))
      connection.connect((error) => (error ? reject(error) : resolve()))
    })
    // It stays: an error that nobody waits for would end the process.
    connection.on('error', () => undefined)
    const { user, password: pass } = server
    // A server that offers no login gets no password; when it wants one it says so to MAIL FROM.
    if (user && connection.allowsAuth)
      await ask(connection, timeouts.answerMs, (done) => connection.login({ user, pass }, done))
  } catch (error) {
    connection.close()
    throw error
  } finally {
    signal.removeEventListener('abort', cut)
  }
  return createSession(connection, timeouts)
}

function createConnection(server: SmtpServer, { answerMs, verdictMs }: Timeouts): SMTPConnection {
  return new SMTPConnection({
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: server.requiresTls,
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: server.verifiesCertificate },
    connectionTimeout: answerMs,
    greetingTimeout: answerMs,
    socketTimeout: verdictMs,
    socketCloseTimeout: CLOSE_MS,
  })
}

function createSession(connection: SMTPConnection, timeouts: Timeouts): Session {
  let used = 0
  return {
    used: () => used,
    isOpen: () => !connection.destroyed,
    send: async (message, handover) => {
      used++
      const attempt = await transmit(connection, timeouts, message, handover)
      if (attempt.kind === 'unknown' || attempt.kind === 'server') connection.close()
      else if (attempt.kind !== 'accepted') await reset(connection, timeouts)
      return attempt
    },
    quit: () => {
      if (connection.destroyed) return
      connection.quit()
      setTimeout(() => connection.close(), CLOSE_MS).unref()
    },
    destroy: () => connection.close(),
  }
}

async function transmit(
  connection: SMTPConnection,
  { answerMs, verdictMs }: Timeouts,
  message: Message,
  handover: Handover,
): Promise<Attempt> {
  let isAsked = false
  let isDotWritten = false
  let refusal: { readonly reason: unknown } | undefined
  let attempt: Attempt
  try {
    const reply = await ask<string>(connection, answerMs, (done, allow) => {
      const source = handOver(message, {
        beforeFinalDot: async () => {
          isAsked = true
          allow(verdictMs)
          await handover.beforeFinalDot()
        },
        onDot: () => {
          isDotWritten = true
          allow(verdictMs)
        },
        onRefused: (reason) => {
          refusal = { reason }
          connection.close()
        },
      })
      const { raw, envelope } = message
      const { from, to } = envelope
      connection.send({ from, to: [to], size: raw.length }, source, (error, info) => done(error, info?.response))
    })
    attempt = isDotWritten ? readReply(reply) : { kind: 'unknown', text: 'The server took the message before its end.' }
  } catch (error) {
    attempt = readFailure(error, isDotWritten)
  }
  // A verdict in the middle of the message: whatever came next would be taken for its rest.
  if (isAsked && !isDotWritten) connection.close()
  if (refusal) throw refusal.reason
  return attempt
}

/** Ends what the server may think is still going on, so that the next message starts clean. */
async function reset(connection: SMTPConnection, { answerMs }: Timeouts): Promise<void> {
  if (connection.destroyed) return
  try {
    await ask(connection, answerMs, (done) => connection.reset(done))
  } catch {
    connection.close()
  }
}

type Done<Answer> = (error: Error | null, answer?: Answer) => void

/**
 * Waits for the end of a command, at most so long. nodemailer forgets a command when it finds the socket closed, so the
 * end of the connection is an answer too.
 *
 * @param start - its `allow` gives the server so long from now.
 */
async function ask<Answer>(
  connection: SMTPConnection,
  ms: number,
  start: (done: Done<Answer>, allow: (ms: number) => void) => void,
): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined
    const done: Done<Answer> = (error, answer) => {
      clearTimeout(timer)
      connection.removeListener('end', end)
      if (error) reject(error)
      else resolve(answer as Answer)
    }
    const allow = (limit: number) => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        done(Object.assign(new Error(`No answer for ${limit / 1000} s`), { code: 'ETIMEDOUT', command: 'CONN' }))
        connection.close()
      }, limit)
    }
    // nodemailer's own callback knows more and comes right after this event.
    const end = () => setImmediate(() => done(describeEnd()))
    connection.once('end', end)
    allow(ms)
    start(done, allow)
  })
}

function describeEnd(): Error {
  return Object.assign(new Error('Connection closed'), { code: 'ECONNECTION', command: 'CONN' })
}
