import { toLine } from '../base/index.ts'

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
  /** The server's words, or what the socket said: one line, at most 1,000 characters. */
  readonly text: string
}

/** What nodemailer's errors carry. */
interface SmtpFailure {
  /** Command that was answered; `CONN` for the connection itself. */
  readonly command?: string
  readonly response?: string
  readonly message?: string
}

const MAX_TEXT = 1000

/** The attempt that a server's reply to the final dot stands for; anything but a reply leaves it `unknown`. */
export function readReply(reply: string): Attempt {
  return { kind: 'unknown', text: clean(reply), ...parseReply(reply) }
}

/**
 * The attempt that a failure of nodemailer's stands for.
 *
 * @param isHanded - whether a byte of the message went out: then the server may have it, unless it says that it has not.
 */
export function readFailure(error: unknown, isHanded: boolean): Attempt {
  const { command, response, message = String(error) } = error as SmtpFailure
  const { kind, ...reply } = parseReply(response ?? '') ?? {}
  const text = clean(response ?? message)
  // Every other refusal (greeting, EHLO, AUTH, MAIL FROM) says nothing about the recipient.
  const isAboutMessage = isHanded || command === 'RCPT TO' || command === 'DATA'
  if (kind !== undefined && kind !== 'accepted' && isAboutMessage) return { ...reply, kind, text }
  return { ...reply, kind: isHanded ? 'unknown' : 'server', text }
}

function parseReply(reply: string): Omit<Attempt, 'text'> | undefined {
  const match = /^([245]\d{2})(?:[ -](?:([245]\.\d{1,3}\.\d{1,3})(?:\s|$))?|$)/.exec(reply)
  if (!match) return undefined
  const code = Number(match[1])
  return { kind: kindOf(code), code, ...(match[2] ? { enhancedCode: match[2] } : {}) }
}

function kindOf(code: number): AttemptKind {
  if (code === 421) return 'server'
  if (code >= 500) return 'permanent'
  return code >= 400 ? 'transient' : 'accepted'
}

// The words are a stranger's, and end up on terminals and pages.
function clean(text: string): string {
  return toLine(text).slice(0, MAX_TEXT)
}
