import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { SmtpServer } from '../smtp-url.ts'
import { createWatch } from './watch.ts'

/** How long a server may take. */
export interface Timeouts {
  /** To connect, and to answer any command. */
  readonly answerMs: number
  /** To judge a whole message; RFC 5321 §4.5.3.2.6 asks for ten minutes. */
  readonly verdictMs: number
}

/** What a server said to EHLO that a message may need. */
export interface Offers {
  /** RFC 6531 */
  readonly smtpUtf8: boolean
  /** RFC 6152 */
  readonly eightBitMime: boolean
  /** RFC 2920 */
  readonly pipelining: boolean
  /** RFC 1870: the largest message that it takes; missing when it does not say. */
  readonly maxBytes?: number
}

/** What nodemailer keeps for itself; test/transport/contract.test.ts holds it to its version. */
interface Internals {
  readonly _supportedExtensions: readonly string[]
  /** 0: not said. */
  readonly _maxAllowedSize: number
  /** Missing after HELO. */
  readonly _ehloLines?: readonly string[]
}

/** Lines of replies have at most 512 octets (RFC 5321 §4.5.3.1.5); some servers know no such thing. */
const MAX_REPLY_BYTES = 262_144

/**
 * Connects, secures and logs in over nodemailer's own SMTP client.
 *
 * @param signal - cuts it short.
 * @throws what nodemailer reports; see `readFailure`.
 */
export async function connect(server: SmtpServer, timeouts: Timeouts, signal: AbortSignal): Promise<SMTPConnection> {
  const connection = createConnection(server, timeouts)
  const cut = () => connection.close()
  signal.addEventListener('abort', cut, { once: true })
  const ending = Promise.withResolvers<never>()
  const fail = ending.reject
  const watch = createWatch((ms) => {
    fail(describeSilence(ms))
    connection.close()
  })
  // nodemailer forgets a command when it finds the socket closed; its own callback knows more and comes right after.
  const end = () => setImmediate(() => fail(describeEnd()))
  connection.once('end', end)
  // It stays: an error that nobody waits for would end the process.
  connection.on('error', fail)
  try {
    if (signal.aborted) throw describeEnd()
    // nodemailer bounds connecting, greeting and handshake, but not the wait for EHLO's answer.
    watch.allow(2 * timeouts.answerMs)
    await Promise.race([call((done) => connection.connect(done)), ending.promise])
    watch.allow(timeouts.answerMs)
    await Promise.race([login(connection, server), ending.promise])
    return connection
  } catch (error) {
    connection.close()
    throw error
  } finally {
    watch.stop()
    connection.removeListener('end', end)
    signal.removeEventListener('abort', cut)
    ending.promise.catch(() => undefined)
  }
}

/** What the server offers on this connection. */
export function readOffers(connection: SMTPConnection): Offers {
  const { _supportedExtensions: extensions, _maxAllowedSize: maxBytes } = connection as unknown as Internals
  return {
    smtpUtf8: extensions.includes('SMTPUTF8'),
    eightBitMime: extensions.includes('8BITMIME'),
    pipelining: extensions.includes('PIPELINING'),
    ...(maxBytes > 0 ? { maxBytes } : {}),
  }
}

/** The end of a connection that nobody asked for. */
export function describeEnd(): Error {
  return Object.assign(new Error('Connection closed'), { code: 'ECONNECTION', command: 'CONN' })
}

/** A server that says nothing. */
export function describeSilence(ms: number): Error {
  return Object.assign(new Error(`No answer for ${ms / 1000} s`), { code: 'ETIMEDOUT', command: 'CONN' })
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
    maxResponseSize: MAX_REPLY_BYTES,
    // What is cut is cut: nothing that waits to be written goes out any more, and no timer is left.
    socketCloseTimeout: 0,
  })
}

async function login(connection: SMTPConnection, server: SmtpServer): Promise<void> {
  const { user, password, auth, requiresTls } = server
  if (requiresTls && !connection.secure)
    throw Object.assign(new Error('The connection is not secure'), { code: 'ETLS' })
  // A server that offers no login gets no password; when it wants one it says so to MAIL FROM. After HELO nodemailer
  // takes a login for granted.
  const isOffered = connection.allowsAuth && (connection as unknown as Internals)._ehloLines !== undefined
  if (user === '' || !isOffered) return
  await call((done) => {
    if (auth === 'xoauth2') connection.login({ user, oauth2: createToken(connection, user, password) }, done)
    else connection.login({ user, pass: password }, done)
  })
}

type Login = NonNullable<Parameters<SMTPConnection['login']>[0]>

/**
 * An access token as it was configured: nodemailer asks a second time when the server refuses it, and there is no other.
 *
 * @see developers.google.com/workspace/gmail/imap/xoauth2-protocol
 */
function createToken(connection: SMTPConnection, user: string, token: string): NonNullable<Login['oauth2']> {
  const source = {
    getToken: (isRetry: boolean, done: (error: Error | null, token?: string) => void) => {
      if (!isRetry) return done(null, token)
      const error = new Error('The access token was refused')
      done(Object.assign(error, { response: connection.lastServerResponse || undefined }))
    },
    buildXOAuth2Token: (text: string) =>
      Buffer.from(`user=${user}\u{1}auth=Bearer ${text}\u{1}\u{1}`).toString('base64'),
  }
  return source as unknown as NonNullable<Login['oauth2']>
}

async function call(start: (done: (error?: Error | null) => void) => void): Promise<void> {
  await new Promise<void>((resolve, reject) => start((error) => (error ? reject(error) : resolve())))
}
