import type { Zone } from '../../helpers/dns-server.ts'
import { ED25519_PUBLIC, RSA_PUBLIC } from '../keys.ts'

/** What the newsletter of a zone says, where it is not the usual one. */
export interface Differences {
  readonly from?: string
  readonly dkimDomain?: string
  readonly bounces?: string
  readonly smtpHost?: string
}

/** A zone with what is wrong in it: exactly that, as `probe/fault`. */
export interface Case extends Differences {
  readonly name: string
  readonly source: string
  /** Over those of the sound zone; undefined takes one away. */
  readonly changes: Readonly<Record<string, Zone[string] | undefined>>
  readonly expect: readonly string[]
}

/** What stands in it where nothing else is said. */
export const SPF = 'v=spf1 include:_spf.relay.example -all'
/** A record with an RSA key. */
export const dkim = (key: string) => `v=DKIM1; k=rsa; p=${key}`
export const BOUNCE = 'b.news.example.com TXT'
export const S1 = 's1._domainkey.news.example.com TXT'
export const E1 = 'e1._domainkey.news.example.com TXT'
export const POLICY = '_dmarc.example.com TXT'

/** ada@news.example.com, signed by news.example.com, bounces to b.news.example.com, over smtp.relay.example. */
export const SOUND: Zone = {
  'news.example.com TXT': [SPF],
  [BOUNCE]: [SPF],
  'b.news.example.com MX': ['10 mx.example.com'],
  'mx.example.com A': ['192.0.2.10'],
  '10.2.0.192.in-addr.arpa PTR': ['mx.example.com'],
  '_spf.relay.example TXT': ['v=spf1 ip4:192.0.2.0/24 -all'],
  'smtp.relay.example A': ['192.0.2.25'],
  '25.2.0.192.in-addr.arpa PTR': ['smtp.relay.example'],
  [S1]: [`v=DKIM1; k=rsa; p=${RSA_PUBLIC.slice(0, 200)}|${RSA_PUBLIC.slice(200)}`],
  [E1]: [`v=DKIM1; k=ed25519; p=${ED25519_PUBLIC}`],
  [POLICY]: ['v=DMARC1; p=reject; rua=mailto:dmarc@example.com'],
}

/** Includes of `s0.example.net` and so on. */
export const many = (count: number) => Array.from({ length: count }, (_, at) => `include:s${at}.example.net`).join(' ')
/** The records of those. */
export const each = (count: number, text: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`s${at}.example.net TXT`, [text]]))

/** The records of a case: the sound ones with its changes. */
export function zoneOf({ changes }: Case): Zone {
  const merged = Object.entries({ ...SOUND, ...changes })
  return Object.fromEntries(merged.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))
}
