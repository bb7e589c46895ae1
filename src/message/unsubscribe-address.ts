import type { Address } from '../base/index.ts'
import type { TokenKey, TokenPurpose } from '../subscriber/index.ts'
import { isRightMac, tagMac, tagReader } from './mail-tag.ts'

const PREFIX: Readonly<Record<TokenPurpose, string>> = { unsubscribe: 'u', test: 't' }
const MAC_BYTES = 16
const UNSUBSCRIBE = /^unsubscribe\+([ut])([0-9a-f]{24})-([a-z2-7]{26})$/

/**
 * The address that takes one reader off the list: `unsubscribe+u<reader>-<mac>@<domain>`, 64 octets before the @. It
 * never expires and holds no address; the MAC has 128 bits.
 *
 * @param domain - A-labels, of `bounces.domain`.
 */
export function buildUnsubscribeAddress(
  readerId: string,
  purpose: TokenPurpose,
  domain: string,
  key: TokenKey,
): Address {
  const text = `${PREFIX[purpose]}${tagReader(readerId)}`
  // Letters, digits, + and - before a domain that the configuration's schema has read.
  return `unsubscribe+${text}-${tagMac(label(text), MAC_BYTES, key)}@${domain}` as Address
}

/** @returns who wants to leave, whatever the case; undefined for any other address. */
export function readUnsubscribeAddress(
  address: string,
  domain: string,
  keys: readonly TokenKey[],
): { purpose: TokenPurpose; subscriberId: string } | undefined {
  const [local = '', host, ...rest] = address.toLowerCase().split('@')
  const match = UNSUBSCRIBE.exec(local)
  if (!match || host !== domain || rest.length > 0) return undefined
  const [, prefix = '', subscriberId = '', mac = ''] = match
  if (!isRightMac(mac, label(`${prefix}${subscriberId}`), MAC_BYTES, keys)) return undefined
  return { purpose: prefix === PREFIX.test ? 'test' : 'unsubscribe', subscriberId }
}

// A tag made for another purpose is none here.
function label(text: string): string {
  return `unsubscribe address\n${text}`
}
