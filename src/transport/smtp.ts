import { createTransport } from 'nodemailer'
import { AppError } from '../base/index.ts'
import { readFailure, readReply } from './attempt.ts'
import { invalidSmtpUrl } from './errors.ts'
import type { Transport } from './transport.ts'

/** How to reach an SMTP server. */
export interface SmtpOptions {
  /** `smtp://` (STARTTLS) or `smtps://` (TLS from the start), with user and password when the server wants them. */
  readonly url: string
  /** Connections at a time. */
  readonly connections: number
}

/** Without an answer for this long a connection counts as dead. */
const TIMEOUT_MS = 60_000

/**
 * Opens a pool of connections to an SMTP server. Off loopback a connection without TLS is refused: no password and no
 * reader's address goes over the wire in clear.
 *
 * @throws AppError `transport/invalid-smtp-url`
 */
export function openSmtp({ url, connections }: SmtpOptions): Transport {
  const server = parseSmtpUrl(url)
  const isLocal = isLoopback(server.host)
  const pool = createTransport({
    pool: true,
    maxConnections: connections,
    maxMessages: Infinity,
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: !isLocal && !server.secure,
    ...(server.user ? { auth: { user: server.user, pass: server.password } } : {}),
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: !isLocal },
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    name: 'smtp',
    place: `${server.host}:${server.port}`,
    async send(message) {
      try {
        const { response } = await pool.sendMail({
          envelope: { from: message.envelope.from, to: [message.envelope.to] },
          raw: message.raw,
        })
        return readReply(response)
      } catch (error) {
        return readFailure(error)
      }
    },
    close: async () => {
      pool.close()
      await Promise.resolve()
    },
  }
}

interface SmtpServer {
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly user: string
  readonly password: string
}

// No part of the URL is quoted in an error: it may hold the password.
function parseSmtpUrl(text: string): SmtpServer {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url) throw refuse('it is not a URL')
  if (url.protocol !== 'smtp:' && url.protocol !== 'smtps:')
    throw refuse('it begins neither with smtp: nor with smtps:')
  if (!url.hostname) throw refuse('it names no server')
  const secure = url.protocol === 'smtps:'
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port ? Number(url.port) : secure ? 465 : 587,
    secure,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  }
}

function refuse(reason: string): AppError {
  return new AppError(invalidSmtpUrl.code, invalidSmtpUrl.message(reason), {
    kind: 'usage',
    hint: invalidSmtpUrl.hint(),
  })
}

/** Whether a host name means this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
}
