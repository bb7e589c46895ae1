import type { Message } from '../message/index.ts'
import type { Attempt } from './attempt.ts'
import { createRedact } from './smtp/redact.ts'
import { describeServer, type SmtpAuth } from './smtp-url.ts'
import { openPool } from './smtp/pool.ts'
import type { Handover, Transport } from './transport.ts'

/** How to reach an SMTP server. */
export interface SmtpOptions {
  /** `smtp://` (STARTTLS) or `smtps://` (TLS from the start), with user and password when the server wants them. */
  readonly url: string
  /** Connections at a time. */
  readonly connections: number
  /** After so many a connection is replaced. Default: never. */
  readonly messagesPerConnection?: number
  /** What the URL's password is. Default: `password`. */
  readonly auth?: SmtpAuth
  /** Without an answer for this long a connection counts as dead. Default: a minute, ten for a whole message. */
  readonly timeoutMs?: number
}

const ANSWER_MS = 60_000
/** RFC 5321 §4.5.3.2.6: less means messages that arrived and count as unknown. */
const VERDICT_MS = 600_000

/**
 * Opens a pool of connections to an SMTP server. Off loopback a connection without TLS is refused: no password and no
 * reader's address goes over the wire in clear.
 *
 * @throws AppError `transport/invalid-smtp-url`
 */
export function openSmtp(options: SmtpOptions): Transport {
  const { url, connections, messagesPerConnection = Infinity, auth, timeoutMs } = options
  const server = describeServer(url, auth)
  const timeouts = { answerMs: timeoutMs ?? ANSWER_MS, verdictMs: timeoutMs ?? VERDICT_MS }
  const pool = openPool(server, { connections, messagesPerConnection, timeouts })
  const redact = createRedact(server)
  const inFlight = new Set<Promise<Attempt>>()
  return {
    name: 'smtp',
    place: `${server.host}:${server.port}`,
    connections,
    probe: async () => redact(await pool.probe()),
    send: async (message: Message, handover?: Handover) => {
      const attempt = pool.send(message, handover)
      inFlight.add(attempt)
      try {
        return redact(await attempt, message.envelope)
      } finally {
        inFlight.delete(attempt)
      }
    },
    close: async () => {
      await Promise.allSettled(inFlight)
      await pool.close()
    },
    destroy: () => pool.destroy(),
  }
}
