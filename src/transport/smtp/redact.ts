import { shorten, toLine } from '../../base/index.ts'
import type { Envelope } from '../../message/index.ts'
import { type Attempt, MAX_TEXT } from '../attempt.ts'
import type { SmtpServer } from '../smtp-url.ts'

/** Makes an attempt fit to be kept and shown. @param envelope - of the message it was about. */
export type Redact = (attempt: Attempt, envelope?: Envelope) => Attempt

/** Fewer characters are no secret by themselves, and are part of many a word: `a` would leave nothing to read. */
const MIN_LENGTH = 4

/**
 * Servers repeat what they were told. The login, in clear and in base64 as AUTH carries it, and the reader's address
 * become `…`; of the sender's only the domain stays, for its local part may hold a reader's return path.
 */
export function createRedact(server: SmtpServer): Redact {
  const secrets = listSecrets(server)
  const pattern = secrets.length > 0 ? new RegExp(secrets.map(toPattern).join('|'), 'giu') : undefined
  return (attempt, envelope) => {
    // Most replies repeat nothing: no pattern is built for them.
    let text = pattern ? attempt.text.replaceAll(pattern, '…') : attempt.text
    if (envelope) {
      text = hide(text, envelope.to, '…')
      text = hide(text, envelope.from, `…${envelope.from.slice(envelope.from.lastIndexOf('@'))}`)
    }
    text = shorten(text, MAX_TEXT)
    return text === attempt.text ? attempt : { ...attempt, text }
  }
}

function hide(text: string, address: string, mask: string): string {
  if (!text.toLowerCase().includes(address.toLowerCase())) return text
  return text.replaceAll(new RegExp(escape(address), 'giu'), mask)
}

/** Longest first, so that no part of one is left of another. */
function listSecrets({ user, password }: SmtpServer): string[] {
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const parts: string[] = []
  if (password !== '') {
    // As AUTH PLAIN and XOAUTH2 carry it, as LOGIN does, and as it stands in a reply, which is one line.
    parts.push(base64(`\u{0}${user}\u{0}${password}`), base64(`user=${user}\u{1}auth=Bearer ${password}\u{1}\u{1}`))
    parts.push(base64(password), password, toLine(password))
  }
  // A word such as `apikey` is no secret; an address is somebody's.
  if (user.includes('@')) parts.push(user, base64(user))
  return parts.filter((part) => part !== '').toSorted((left, right) => right.length - left.length)
}

// A short one is hidden only where it stands alone.
function toPattern(secret: string): string {
  const pattern = escape(secret)
  return secret.length < MIN_LENGTH ? String.raw`(?<![^\s"'<>(),;:=])${pattern}(?![^\s"'<>(),;:=])` : pattern
}

function escape(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}/]/g, String.raw`\$&`)
}
