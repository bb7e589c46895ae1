import { createPublicKey } from 'node:crypto'
import { readTagList } from '../tag-list.ts'

/** A key record, read. */
export interface KeyRecord {
  /** `k=`, default `rsa`. */
  readonly type: string
  /** Without blanks; empty: revoked. */
  readonly key: string
  /** Of an RSA key. */
  readonly bits?: number
  /** `h=`, when it says so. */
  readonly hashes?: readonly string[]
  /** `s=`, default `*`. */
  readonly services: readonly string[]
  readonly isTest: boolean
}

/** @returns the record, or what is wrong with it in words without a full stop. @see RFC 6376 §3.6.1, RFC 8463 §4 */
export function readKeyRecord(text: string): KeyRecord | string {
  if (/^\s*["']/.test(text)) return 'it has quotation marks in it, which belong to zone files only'
  const { tags, repeated, malformed } = readTagList(text)
  if (malformed[0] !== undefined) return `"${malformed[0]}" is no tag=value`
  if (repeated[0] !== undefined) return `${repeated[0]}= stands twice`
  const wrongVersion = judgeVersion(tags)
  if (wrongVersion !== undefined) return wrongVersion
  const key = tags.get('p')?.replaceAll(/\s/g, '')
  if (key === undefined) return 'it has no p=, the key'
  const list = (name: string) =>
    tags
      .get(name)
      ?.split(':')
      .map((part) => part.trim())
  const type = tags.get('k') ?? 'rsa'
  const hashes = list('h')
  const known = { type, key, services: list('s') ?? ['*'], isTest: (list('t') ?? []).includes('y') }
  const measured = key === '' ? {} : measure(type, key)
  if (typeof measured === 'string') return measured
  return { ...known, ...measured, ...(hashes ? { hashes } : {}) }
}

function judgeVersion(tags: ReadonlyMap<string, string>): string | undefined {
  const version = tags.get('v')
  if (version === undefined) return undefined
  if (version !== 'DKIM1') return `v=${version} is not v=DKIM1`
  return tags.keys().next().value === 'v' ? undefined : 'v=DKIM1 has to stand first'
}

function measure(type: string, key: string): { bits?: number } | string {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(key)) return 'p= is no base64'
  if (type !== 'rsa') return {}
  const bytes = Buffer.from(key, 'base64')
  // Thirty-two octets are an Ed25519 key, whatever k= says.
  if (bytes.length === 32) return {}
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: bytes, format: 'der', type: 'spki' })
    return { bits: asymmetricKeyDetails?.modulusLength ?? 0 }
  } catch {
    return 'p= is no key; it may have been cut off'
  }
}
