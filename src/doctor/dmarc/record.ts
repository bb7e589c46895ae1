import { readTagList } from '../tag-list.ts'

const POLICIES = ['none', 'quarantine', 'reject'] as const
export type Policy = (typeof POLICIES)[number]

/** A policy record, read. */
export interface PolicyRecord {
  readonly text: string
  readonly tags: ReadonlyMap<string, string>
  /** Tags that stand twice: the whole record is dropped (RFC 6376 §3.2). */
  readonly repeated: readonly string[]
  /** Parts that are no tag, and are passed over. */
  readonly malformed: readonly string[]
  /** `p`, `sp` and `np`; undefined where they are missing or no policy. */
  readonly policy: Policy | undefined
  readonly isStrictSpf: boolean
  readonly isStrictDkim: boolean
  readonly isTest: boolean
  /** `y`: a public suffix; `n`: an organisation of its own. */
  readonly psd: string | undefined
}

/** Whether a TXT record is one of DMARC: the version stands first, in capitals (RFC 9989 §4.7). */
export function isDmarc(text: string): boolean {
  return /^\s*v\s*=\s*DMARC1\s*(?:;|$)/i.test(text) && /^\s*[vV]\s*=\s*DMARC1/.test(text)
}

export function readPolicyRecord(text: string): PolicyRecord {
  const { tags, repeated, malformed } = readTagList(text)
  const low = (name: string) => tags.get(name)?.toLowerCase()
  return {
    text,
    tags,
    repeated,
    malformed,
    policy: toPolicy(low('p')),
    isStrictSpf: low('aspf') === 's',
    isStrictDkim: low('adkim') === 's',
    isTest: low('t') === 'y',
    psd: low('psd'),
  }
}

/** `sp` and `np` with something else than a policy in them spoil the whole record (RFC 9989 §4.10.1). */
export function findWrongPolicy({ tags }: PolicyRecord): string | undefined {
  return ['p', 'sp', 'np'].find((name) => tags.has(name) && toPolicy(tags.get(name)?.toLowerCase()) === undefined)
}

function toPolicy(text: string | undefined): Policy | undefined {
  return POLICIES.find((policy) => policy === text)
}

/** Addresses of `rua`: `mailto:` and others, without the size that older records append. */
export function listReportUris({ tags }: PolicyRecord): string[] {
  return (tags.get('rua') ?? '')
    .split(',')
    .map((uri) => uri.trim().replace(/![0-9]+[kmgt]?$/i, ''))
    .filter(Boolean)
}
