import type { Message } from '../message/index.ts'
import { type Attempt } from './attempt.ts'
import { describeServer, type SmtpServer } from './smtp-url.ts'
import { openPool } from './smtp/pool.ts'
import type { Handover, Transport } from './transport.ts'

/** How to reach an SMTP server. */
export interface SmtpOptions {
  /** `smtp://` (STARTTLS) or `smtps://` (TLS from the start), with user and password when the server wants them. */
  readonly url: string
  /** Connections at a time. */
  readonly connections: number
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
export function openSmtp({ url, connections, timeoutMs }: SmtpOptions): Transport {
  const server = describeServer(url)
  const pool = openPool(server, connections, {
    answerMs: timeoutMs ?? ANSWER_MS,
    verdictMs: timeoutMs ?? VERDICT_MS,
  })
  const secrets = listSecrets(server)
  const inFlight = new Set<Promise<Attempt>>()
  return {
    name: 'smtp',
    place: `${server.host}:${server.port}`,
    connections,
    probe: async () => redact(await pool.probe(), secrets),
    send: async (message: Message, handover?: Handover) => {
      const attempt = pool.send(message, handover)
      inFlight.add(attempt)
      try {
        return redact(await attempt, secrets, message.envelope.to)
      } finally {
        inFlight.delete(attempt)
      }
    },
    close: async () => {
      await Promise.allSettled(inFlight)
      pool.close()
    },
    destroy: () => pool.destroy(),
  }
}

// A server may repeat what it was told, the reader's address and the login included.
function redact(attempt: Attempt, secrets: readonly string[], address?: string): Attempt {
  const all = address === undefined ? secrets : [...secrets, address]
  const text = attempt.text.toLowerCase()
  const hidden = all.filter((part) => text.includes(part.toLowerCase()))
  if (hidden.length === 0) return attempt
  const pattern = hidden.map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)).join('|')
  return { ...attempt, text: attempt.text.replaceAll(new RegExp(pattern, 'gi'), '…') }
}

function listSecrets({ user, password }: SmtpServer): string[] {
  if (password === '') return []
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  return [base64(`\u{0}${user}\u{0}${password}`), base64(password), password]
}
