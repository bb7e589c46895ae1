import { domainToASCII } from 'node:url'
import { toLine } from './text.ts'

/** A plain addr-spec that passed `parseAddress`: no display name, comment, quote or control character. */
export type Address = string & { readonly __brand: 'Address' }

// RFC 5322 §3.2.3 atext, without the quoted form: quoted local parts are legal, and refused by most providers.
const LOCAL = /^[\p{L}\p{M}\p{N}!#$%&'*+\-/=?^_`{|}~]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+\-/=?^_`{|}~]+)*$/u
// What some program on the way reads otherwise: an encoded-word, or the routes `user%host`, `host!user`, `|program` and
// `/file` that mail servers rewrite or refuse (Postfix allow_percent_hack and swap_bangpath, Exim's default ACL).
const AMBIGUOUS = /=\?|[%!]|^[/|]/
const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

/**
 * Reads one addr-spec strictly; a subscriber's string never reaches an address parser (DESIGN §6).
 * The domain comes back in lower-case A-labels, the local part unchanged.
 *
 * @returns the address, or undefined when it is not one plain address of at most 254 octets.
 * @see RFC 5321 §4.5.3.1, RFC 5890
 */
export function parseAddress(text: string): Address | undefined {
  const at = text.lastIndexOf('@')
  if (at < 1) return undefined
  const local = text.slice(0, at)
  const domain = domainToASCII(text.slice(at + 1).replace(/[^\p{L}\p{M}\p{N}.-]/gu, '\u{0}'))
  if (Buffer.byteLength(local) > 64 || !isPlainLocal(local) || !DOMAIN.test(domain)) return undefined
  const address = `${local}@${domain}`
  return Buffer.byteLength(address) <= 254 ? (address as Address) : undefined
}

// A compatibility form can hide a bracket, a dot or a blank: `⑴` folds to `(1)`, `⒈` to `1.`, `ﷺ` to four words.
function isPlainLocal(local: string): boolean {
  return LOCAL.test(local) && LOCAL.test(local.normalize('NFKC')) && !AMBIGUOUS.test(local)
}

/** A display name and an address. */
export interface Mailbox {
  readonly name: string
  readonly address: Address
}

/** Reads `Name <address>` or a bare address, as an author writes it in the configuration. */
export function parseMailbox(text: string): Mailbox | undefined {
  const trimmed = text.trim()
  const open = trimmed.indexOf('<')
  if (open < 0) {
    const address = parseAddress(trimmed)
    return address ? { name: '', address } : undefined
  }
  const address = trimmed.endsWith('>') ? parseAddress(trimmed.slice(open + 1, -1)) : undefined
  const name = trimmed
    .slice(0, open)
    .trim()
    .replace(/^"([^"]*)"$/, '$1')
  return address && !/["\p{Cc}]/u.test(name) ? { name: toLine(name), address } : undefined
}

/** Whether every octet is ASCII, so that no SMTPUTF8 is needed (RFC 6531). */
export function isAsciiAddress(address: Address): boolean {
  return /^[\x21-\x7e]+$/.test(address)
}

/** For people and logs: enough to recognise, too little to harvest. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return at < 1 ? '…' : `${address.slice(0, 1)}…${address.slice(at)}`
}
