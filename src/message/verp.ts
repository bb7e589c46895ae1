import type { Address } from '../base/index.ts'
import type { TokenKey, TokenPurpose } from '../subscriber/index.ts'
import { isRightMac, tagIssue, tagMac, tagReader } from './mail-tag.ts'

/** What a message's envelope sender stands for. */
export interface BounceTarget {
  readonly issueId: string
  readonly readerId: string
  /** Of a test message: its bounces change nothing. */
  readonly purpose: TokenPurpose
}

/** What the address of a bounce says; only what was signed here is read. */
export interface BounceToken {
  /** `tagIssue` of the issue's id. */
  readonly issueTag: string
  /** Id of a subscriber. */
  readonly readerId: string
  readonly purpose: TokenPurpose
}

const PREFIX: Readonly<Record<TokenPurpose, string>> = { unsubscribe: 'b', test: 't' }
const MAC_BYTES = 10
const BOUNCE = /^bounce\+([bt])([a-z2-7]{8})-([0-9a-f]{24})-([a-z2-7]{16})$/

/**
 * The envelope sender of one message (VERP): `bounce+b<issue>-<reader>-<mac>@<domain>`, 58 octets before the @.
 * It says who bounced even where the report does not, and nobody can make one: the MAC has 80 bits.
 *
 * @param domain - A-labels, of `bounces.domain`.
 * @see RFC 5321 §4.5.3.1.1; RFC 5233 on `+`, so that one mailbox `bounce` takes all
 */
export function buildBounceAddress(target: BounceTarget, domain: string, key: TokenKey): Address {
  const text = `${PREFIX[target.purpose]}${tagIssue(target.issueId)}-${tagReader(target.readerId)}`
  // Letters, digits, + and - before a domain that the configuration's schema has read.
  return `bounce+${text}-${tagMac(label(text), MAC_BYTES, key)}@${domain}` as Address
}

/** @returns what the address stands for, whatever its case; undefined for any other address. */
export function readBounceAddress(address: string, domain: string, keys: readonly TokenKey[]): BounceToken | undefined {
  const [local = '', host, ...rest] = address.toLowerCase().split('@')
  const match = BOUNCE.exec(local)
  if (!match || host !== domain || rest.length > 0) return undefined
  const [, prefix = '', issueTag = '', readerId = '', mac = ''] = match
  if (!isRightMac(mac, label(`${prefix}${issueTag}-${readerId}`), MAC_BYTES, keys)) return undefined
  return { issueTag, readerId, purpose: prefix === PREFIX.test ? 'test' : 'unsubscribe' }
}

// A tag made for another purpose is none here.
function label(text: string): string {
  return `bounce\n${text}`
}
