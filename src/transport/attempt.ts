/**
 * What became of one try at one delivery; set once, here, from reply and enhanced code.
 * `server`: nothing to do with this recipient, the server or the way to it refuses. `unknown`: the data went out and
 * no reply came back.
 *
 * @see RFC 5321 §4.2.1, RFC 3463
 */
export type AttemptKind = 'accepted' | 'transient' | 'permanent' | 'server' | 'unknown'

/** One try at one delivery, with the server's reply. */
export interface Attempt {
  readonly kind: AttemptKind
  /** Three digits. */
  readonly code?: number
  /** `4.7.1` */
  readonly enhancedCode?: string
  /** The server's words, or what the socket said. */
  readonly text: string
}

interface SmtpFailure {
  readonly code?: string
  readonly command?: string
  readonly response?: string
  readonly responseCode?: number
  readonly message?: string
}

/** The attempt that a server's reply to the final dot stands for. */
export function readReply(reply: string): Attempt {
  const match = /^(\d{3})[ -](?:(\d\.\d{1,3}\.\d{1,3})\s)?/.exec(reply)
  const code = Number(match?.[1] ?? 250)
  return { kind: kindOf(code), code, ...(match?.[2] ? { enhancedCode: match[2] } : {}), text: reply }
}

/** The attempt that a failure of nodemailer's stands for. */
export function readFailure(error: unknown): Attempt {
  const { code, command, response, responseCode, message = String(error) } = error as SmtpFailure
  if (code === 'EAUTH' || code === 'ETLS' || code === 'EDNS')
    return { ...(responseCode ? { code: responseCode } : {}), kind: 'server', text: response ?? message }
  if (responseCode !== undefined && response !== undefined) {
    // A refused MAIL FROM says nothing about the recipient.
    const attempt = readReply(response)
    return command === 'MAIL FROM' && attempt.kind === 'permanent' ? { ...attempt, kind: 'server' } : attempt
  }
  return { kind: command === 'DATA' || command === 'data' ? 'unknown' : 'server', text: message }
}

function kindOf(code: number): AttemptKind {
  if (code === 421) return 'server'
  if (code >= 500) return 'permanent'
  if (code >= 400) return 'transient'
  return 'accepted'
}
