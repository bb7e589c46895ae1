import { isIPv4 } from 'node:net'
import { AppError } from '../base/index.ts'
import { invalidSmtpUrl } from './errors.ts'

/** How a login is made: with a password (PLAIN, LOGIN or CRAM-MD5), or with an OAuth 2.0 access token. */
export type SmtpAuth = 'password' | 'xoauth2'

/** An SMTP server as its URL describes it. */
export interface SmtpServer {
  readonly host: string
  readonly port: number
  /** TLS from the first byte. */
  readonly secure: boolean
  /** Whether a connection that stays in clear is refused: everywhere but on this machine (DESIGN §11). */
  readonly requiresTls: boolean
  /** Whether the certificate must be valid for the host; on this machine it need not be. */
  readonly verifiesCertificate: boolean
  /** Empty: no login. */
  readonly user: string
  /** Or access token. */
  readonly password: string
  readonly auth: SmtpAuth
}

/**
 * Reads `smtp://` (STARTTLS) or `smtps://` (TLS from the start), with user and password percent-encoded.
 * No part of the URL is quoted in an error: it may hold the password.
 *
 * @throws AppError `transport/invalid-smtp-url`
 */
export function describeServer(text: string, auth: SmtpAuth = 'password'): SmtpServer {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url) throw refuse('it is not a URL')
  if (url.protocol !== 'smtp:' && url.protocol !== 'smtps:')
    throw refuse('it begins neither with smtp: nor with smtps:')
  if (!url.hostname) throw refuse('it names no server')
  if (url.port === '0') throw refuse('its port is 0')
  const secure = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isLocal = isLoopback(host)
  return {
    host,
    port: url.port ? Number(url.port) : secure ? 465 : 587,
    secure,
    requiresTls: !secure && !isLocal,
    verifiesCertificate: !isLocal,
    user: decode(url.username),
    password: decode(url.password),
    auth,
  }
}

/** Whether a host name means this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw refuse('its user or password has a % that is not written %25')
  }
}

function refuse(reason: string): AppError {
  return new AppError(invalidSmtpUrl.code, invalidSmtpUrl.message(reason), {
    kind: 'usage',
    hint: invalidSmtpUrl.hint(),
  })
}
