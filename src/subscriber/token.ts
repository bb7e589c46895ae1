import { createHmac, timingSafeEqual } from 'node:crypto'

/** `unsubscribe`: takes effect. `test`: of a test message, leads to a page that says so and changes nothing. */
export type TokenPurpose = 'unsubscribe' | 'test'

/** A key with its name, so that tokens stay valid after the key was changed. */
export interface TokenKey {
  /** 1 to 16 letters, digits. */
  readonly id: string
  readonly secret: string
}

const PREFIX: Readonly<Record<TokenPurpose, string>> = { unsubscribe: 'u1', test: 't1' }
const TAG_BYTES = 16

/**
 * A link token that never expires and holds no address: `u1.<key id>.<subscriber id>.<tag>`, where the tag is
 * HMAC-SHA-256 cut to 128 bits.
 *
 * @param subscriberId - letters, digits, `_` and `-`.
 * @see RFC 2104 §5 on truncation; RFC 8058 §3.1
 */
export function signToken(purpose: TokenPurpose, subscriberId: string, key: TokenKey): string {
  return `${PREFIX[purpose]}.${key.id}.${subscriberId}.${sign(purpose, subscriberId, key)}`
}

/** @returns what the token stands for, or undefined for any other text. */
export function verifyToken(
  token: string,
  keys: readonly TokenKey[],
): { purpose: TokenPurpose; subscriberId: string } | undefined {
  const match = /^(u1|t1)\.([A-Za-z0-9]{1,16})\.([\w-]{1,64})\.([\w-]{22})$/.exec(token)
  const key = keys.find((candidate) => candidate.id === match?.[2])
  if (!match || !key) return undefined
  const purpose: TokenPurpose = match[1] === PREFIX.test ? 'test' : 'unsubscribe'
  const subscriberId = match[3] ?? ''
  const [given, wanted] = [Buffer.from(match[4] ?? ''), Buffer.from(sign(purpose, subscriberId, key))]
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? { purpose, subscriberId } : undefined
}

// The purpose is under the tag, so that a test token cannot be turned into a real one.
function sign(purpose: TokenPurpose, subscriberId: string, key: TokenKey): string {
  // In hex, since a digest in a buffer of its own costs as much as the rest, and every message has a token.
  const digest = createHmac('sha256', key.secret).update(`${PREFIX[purpose]}\n${subscriberId}`).digest('hex')
  return Buffer.from(digest.slice(0, 2 * TAG_BYTES), 'hex').toString('base64url')
}
