import { toLine } from '../base/index.ts'
import { toImpersonal } from './reply/impersonal.ts'
import { findRetryHint } from './reply/retry-hint.ts'
import { findSenderLimit } from './reply/sender-limits.ts'

/**
 * What became of one try at one delivery; set once, here, from reply and enhanced code.
 * `server`: nothing to do with this recipient, the server or the way to it refuses, and the message was certainly not
 * taken. `unknown`: the final dot went out and no reply came back.
 *
 * @see RFC 5321 §4.2.1, RFC 3463
 */
export type AttemptKind = 'accepted' | 'transient' | 'permanent' | 'server' | 'unknown'

/**
 * What is wrong with the server or the way to it. `login`, `tls`, `sender` and `size` stay wrong until somebody changes
 * something; `busy` and `connection` may pass. `throttled`: the server as a whole slows this sender down, `quota`: the
 * account has used up its hour or day; whatever is sent next would meet the same.
 */
export type ServerFault = 'login' | 'tls' | 'sender' | 'size' | 'busy' | 'connection' | 'throttled' | 'quota'

/** One try at one delivery, with the server's reply. */
export interface Attempt {
  readonly kind: AttemptKind
  /** With kind `server`. */
  readonly fault?: ServerFault
  /** Three digits. */
  readonly code?: number
  /** `4.7.1` */
  readonly enhancedCode?: string
  /** How long the server asks to wait before the next try, by its own words; at most 24 hours. */
  readonly retryAfterMs?: number
  /** The server's words, or what the socket said: one line, at most `MAX_TEXT` characters. */
  readonly text: string
  /**
   * Set on a fault that was told in answer to one recipient or one message: it may be theirs alone, and is to be believed
   * when another one meets it.
   */
  readonly isToldOfOne?: true
}

/** What nodemailer's errors carry. */
interface SmtpFailure {
  /** `EAUTH`, `ETLS`, `ECONNECTION` … */
  readonly code?: string
  /** Of the system error below it: `ECONNREFUSED`, `CERT_HAS_EXPIRED`. */
  readonly originalCode?: string
  /** Command that was answered; `CONN` for the connection itself. */
  readonly command?: string
  readonly response?: string
  readonly message?: string
}

/** What a reply says by its codes alone. */
interface Reply {
  readonly kind: AttemptKind
  readonly code: number
  readonly enhancedCode?: string
}

/** So many characters of a reply are kept. */
export const MAX_TEXT = 16_384
/** More than is kept, so that what must be hidden is never cut in two; the rest goes when that is done. */
const MAX_READ = 20_480
/** Of them so many are looked through for hints and limits: what matters stands at the beginning. */
const MAX_SEARCHED = 4000
const TOO_LARGE = '5.3.4'
/** Bad sequence of commands: the session is out of step, whatever was asked (RFC 5321 §4.2.2). */
const OUT_OF_STEP = 503
/** Authentication is required, or its credentials are wrong (RFC 4954 §6). */
const LOGIN_REPLIES: readonly number[] = [530, 535]
/** Certificates and handshakes in Node's and OpenSSL's names. */
const TLS_CODE =
  /^(?:ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(?:GET|VERIFY|DECRYPT|DECODE)_|HOSTNAME_MISMATCH)/

/** The attempt that a server's reply to the final dot stands for; anything but a reply leaves it `unknown`. */
export function readReply(reply: string): Attempt {
  return { kind: 'unknown', text: clean(reply), ...parseReply(reply) }
}

/**
 * The attempt that a failure of nodemailer's stands for.
 *
 * @param isHanded - whether the final dot went out: then the server may have the message, unless it says that it has not.
 * @param addresses - of the envelope: what they consist of says nothing, wherever the server repeats it.
 */
export function readFailure(error: unknown, isHanded: boolean, addresses: readonly string[] = []): Attempt {
  const failure = error as SmtpFailure
  const { response, message = String(error) } = failure
  const text = clean(response ?? message)
  const reply = parseReply(response ?? '')
  if (reply && reply.kind !== 'accepted') return readRefusal(failure, reply, { text, addresses, isHanded })
  const { kind: _, ...codes } = reply ?? {}
  if (isHanded) return { ...codes, kind: 'unknown', text }
  return { ...codes, kind: 'server', fault: findFault(failure, codes), text }
}

interface Told {
  readonly text: string
  readonly addresses: readonly string[]
  readonly isHanded: boolean
}

function readRefusal(failure: SmtpFailure, reply: Reply, { text, addresses, isHanded }: Told): Attempt {
  const words = toImpersonal(text.slice(0, MAX_SEARCHED), addresses)
  const told = { ...reply, ...readHint(reply.kind, words), text }
  const isAboutMessage = isHanded || failure.command === 'RCPT TO' || failure.command === 'DATA'
  const limit = findSenderLimit(reply.code, reply.enhancedCode, words)
  if (limit === 'throttled' || limit === 'quota') {
    // 421 ends the session for everybody.
    const isToldOfOne = isAboutMessage && reply.kind !== 'server'
    return { ...told, kind: 'server', fault: limit, ...(isToldOfOne ? { isToldOfOne } : {}) }
  }
  // Every other refusal (greeting, EHLO, AUTH, MAIL FROM) says nothing about the recipient.
  if (isAboutMessage && reply.kind !== 'server' && !isAboutServer(reply)) return told
  return { ...told, kind: 'server', fault: findFault(failure, reply) }
}

function readHint(kind: AttemptKind, text: string): Pick<Attempt, 'retryAfterMs'> {
  const ms = kind === 'permanent' ? undefined : findRetryHint(text)
  return ms === undefined ? {} : { retryAfterMs: ms }
}

/** Whether a refusal of the recipient or the message would meet every other one as well. */
function isAboutServer({ code, enhancedCode }: Reply): boolean {
  return enhancedCode === TOO_LARGE || code === OUT_OF_STEP || LOGIN_REPLIES.includes(code)
}

function findFault(failure: SmtpFailure, reply: Partial<Reply>): ServerFault {
  const { code: name = '', originalCode = '', command = '' } = failure
  if (reply.enhancedCode === TOO_LARGE || (name === 'EMESSAGE' && command === 'MAIL FROM')) return 'size'
  if (reply.code !== undefined) return findRepliedFault(reply.code, name, command)
  if (/^E(?:NO)?AUTH/.test(name)) return 'login'
  return name === 'ETLS' || TLS_CODE.test(originalCode) || TLS_CODE.test(name) ? 'tls' : 'connection'
}

function findRepliedFault(code: number, name: string, command: string): ServerFault {
  if (code === OUT_OF_STEP) return 'connection'
  // nodemailer gives up on a server that knows no EHLO only where TLS is required, and HELO has none.
  if (name === 'ETLS' || (command === 'EHLO' && (code === 500 || code === 502))) return 'tls'
  if (code < 500) return 'busy'
  if (/^E(?:NO)?AUTH/.test(name) || LOGIN_REPLIES.includes(code)) return 'login'
  return command === 'MAIL FROM' ? 'sender' : 'busy'
}

function parseReply(reply: string): Reply | undefined {
  // Lines of one reply that disagree say nothing (RFC 5321 §4.2.1).
  if (reply.includes('\n') && new Set(reply.match(/^\d{3}(?=[ -]|$)/gm)).size > 1) return undefined
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
  return toLine(text).slice(0, MAX_READ) || 'A reply without words'
}
