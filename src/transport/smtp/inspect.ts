import type { PeerCertificate, TLSSocket } from 'node:tls'
import { type Attempt, readFailure } from '../attempt.ts'
import type { SmtpOptions } from '../smtp.ts'
import { describeServer } from '../smtp-url.ts'
import { connect, readOffers, type Offers } from './connect.ts'
import { createRedact } from './redact.ts'

/** A server as one connection showed it; nothing was sent but the login. */
export interface SmtpInspection {
  /** `smtp.example.com:587` */
  readonly place: string
  /** `accepted` when the connection stands and the login, where there is one, was taken. */
  readonly attempt: Attempt
  /** The rest is missing when it did not come so far. */
  readonly offers?: Offers
  /** Whether it took a login. */
  readonly isLoggedIn?: boolean
  /** Missing: the connection is in clear. */
  readonly tls?: TlsFacts
}

export interface TlsFacts {
  /** `TLSv1.3` */
  readonly version: string
  readonly cipher: string
  /** Of the certificate; missing when the server showed none. */
  readonly validUntil?: Date
  readonly issuer?: string
}

const ANSWER_MS = 20_000

/**
 * Connects, secures and logs in as `openSmtp` does, tells what the server showed, and hangs up.
 *
 * @throws AppError `transport/invalid-smtp-url`
 */
export async function inspectSmtp(options: SmtpOptions, signal: AbortSignal): Promise<SmtpInspection> {
  const server = describeServer(options.url, options.auth)
  const ms = Math.min(options.timeoutMs ?? ANSWER_MS, ANSWER_MS)
  const place = `${server.host}:${server.port}`
  try {
    const connection = await connect(server, { answerMs: ms, verdictMs: ms }, signal)
    const socket = connection._socket as Partial<TLSSocket> | undefined
    const tls = connection.secure && socket ? readTls(socket) : undefined
    const offers = readOffers(connection)
    const isLoggedIn = server.user !== '' && connection.allowsAuth
    connection.once('end', () => connection.close())
    connection.quit()
    return { place, attempt: { kind: 'accepted', text: 'ready' }, offers, isLoggedIn, ...(tls ? { tls } : {}) }
  } catch (error) {
    return { place, attempt: createRedact(server)(readFailure(error, false)) }
  }
}

function readTls(socket: Partial<TLSSocket>): TlsFacts {
  const certificate = socket.getPeerCertificate?.() as Partial<PeerCertificate> | undefined
  const { valid_to: end, issuer } = certificate ?? {}
  const name = issuer?.O ?? issuer?.CN
  return {
    version: socket.getProtocol?.() ?? 'TLS',
    cipher: socket.getCipher?.().standardName ?? '',
    ...(end === undefined ? {} : { validUntil: new Date(end) }),
    ...(typeof name === 'string' ? { issuer: name } : {}),
  }
}
