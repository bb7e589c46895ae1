import { createHmac, hash, timingSafeEqual } from 'node:crypto'
import type { TokenKey } from '../subscriber/index.ts'

/**
 * Pieces of the addresses that readers and their servers write to. Servers may write a local part in lower case and
 * must take only 64 octets of one (RFC 5321 §4.5.3.1.1), so these are base32 and hexadecimal in lower case, each of one
 * length. There is no room for the name of a key: whoever reads one tries each key.
 */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
const STORE_ID = /^[0-9a-f]{24}$/
const ISSUE_TAG_BYTES = 5

/** RFC 4648 §6 in lower case, without padding. */
function encodeBase32(bytes: Uint8Array): string {
  let out = ''
  let bits = 0
  let value = 0
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      out += ALPHABET[(value >> bits) & 31]
    }
  }
  return bits === 0 ? out : out + ALPHABET[(value << (5 - bits)) & 31]
}

/** 8 letters and digits that stand for an issue: equal ones are one issue's among any list of issues one has. */
export function tagIssue(issueId: string): string {
  return encodeBase32(hash('sha256', issueId, 'buffer').subarray(0, ISSUE_TAG_BYTES))
}

/** A reader's id in 24 hexadecimal digits: as in the store. An invented reader's has any letters, and stands for nobody. */
export function tagReader(readerId: string): string {
  return STORE_ID.test(readerId) ? readerId : hash('sha256', readerId).slice(0, 24)
}

/** HMAC-SHA-256 cut to `bytes`, in base32. @see RFC 2104 §5 */
export function tagMac(text: string, bytes: number, { secret }: TokenKey): string {
  return encodeBase32(createHmac('sha256', secret).update(text).digest().subarray(0, bytes))
}

/** Whether a MAC is right under one of the keys, in a time that tells nothing about it. */
export function isRightMac(mac: string, text: string, bytes: number, keys: readonly TokenKey[]): boolean {
  const given = Buffer.from(mac)
  return keys.some((key) => {
    const wanted = Buffer.from(tagMac(text, bytes, key))
    return given.length === wanted.length && timingSafeEqual(given, wanted)
  })
}
