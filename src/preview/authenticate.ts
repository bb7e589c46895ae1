import { toLine } from '../base/index.ts'
import { readHeaders } from '../message/index.ts'
import type { Authentication, AuthenticationResult, HeaderField } from './services.ts'

/** Records of DNS by name, such as `s1._domainkey.example.com`; nobody else is asked. */
export type KeyRecords = ReadonlyMap<string, string>

const METHODS = ['dkim', 'spf', 'dmarc', 'arc'] as const

/**
 * What can be said of a message's origin without asking anybody: its signatures, as far as their keys are known here,
 * and what servers on the way wrote into it.
 *
 * @see RFC 6376, RFC 8601
 */
export async function authenticate(raw: Uint8Array, records: KeyRecords): Promise<Authentication> {
  const headers = readHeaders(raw)
  const results = [...(await verifyDkim(raw, headers, records)), ...headers.flatMap(readResults)]
  const isOverTls = readTls(headers)
  return { results, ...(isOverTls === undefined ? {} : { isOverTls }) }
}

async function verifyDkim(
  raw: Uint8Array,
  headers: readonly HeaderField[],
  records: KeyRecords,
): Promise<AuthenticationResult[]> {
  if (!headers.some(({ name }) => name.toLowerCase() === 'dkim-signature'))
    return [{ method: 'dkim', result: 'none', detail: 'It carries no DKIM signature.', source: 'here' }]
  try {
    const { dkimVerify } = await import('mailauth/lib/dkim/verify.js')
    const { results } = await dkimVerify(Buffer.from(raw), { resolver: async (name) => await resolve(records, name) })
    return results.map(({ status, signingDomain, selector }) => {
      const domain = signingDomain ?? ''
      const isKnown = records.has(`${selector}._domainkey.${domain}`)
      const verdict = isKnown ? status.result : 'neutral'
      return {
        method: 'dkim',
        result: verdict,
        ...(domain ? { domain } : {}),
        detail: isKnown ? tellVerdict(verdict, status.comment) : UNKNOWN_KEY,
        source: 'here',
      }
    })
  } catch {
    return [{ method: 'dkim', result: 'permerror', detail: 'Its DKIM signature cannot be read.', source: 'here' }]
  }
}

const UNKNOWN_KEY = 'Its key is none of this newsletter, and the studio asks no DNS.'

function tellVerdict(result: string, comment: unknown): string {
  if (result === 'pass') return 'The signature fits the message and the key of the configuration.'
  const reason = typeof comment === 'string' && comment !== '' ? `: ${toLine(comment)}` : ''
  return `The signature does not fit${reason}.`
}

// As node:dns resolves: a list of records, each a list of strings.
async function resolve(records: KeyRecords, name: string): Promise<string[][]> {
  const value = records.get(name)
  if (value === undefined) throw Object.assign(new Error('not asked'), { code: 'ENOTFOUND' })
  return await Promise.resolve([[value]])
}

/** Authentication-Results, and Received-SPF where that is all there is. */
function readResults({ name, value }: HeaderField): AuthenticationResult[] {
  const key = name.toLowerCase()
  if (key === 'received-spf') {
    const [, result = 'none'] = /^(\w+)/.exec(value) ?? []
    return [{ method: 'spf', result: result.toLowerCase(), detail: value, source: 'header' }]
  }
  if (key !== 'authentication-results' && key !== 'arc-authentication-results') return []
  const [server = '', ...parts] = value.replaceAll(/\([^()]*\)/g, ' ').split(';')
  return parts.flatMap((part) => {
    const [, method = '', result = ''] = /^\s*([\w-]+)\s*=\s*(\w+)/.exec(part) ?? []
    const known = METHODS.find((one) => one === method.toLowerCase())
    if (!known) return []
    const [, domain] =
      /\b(?:header\.(?:d|from|i)|smtp\.(?:mailfrom|helo))\s*=\s*(?:[^\s@;]*@)?([^\s;]+)/.exec(part) ?? []
    return [
      {
        method: known,
        result: result.toLowerCase(),
        ...(domain ? { domain } : {}),
        detail: `${toLine(server)} says: ${toLine(part)}`,
        source: 'header' as const,
      },
    ]
  })
}

/** RFC 3848: `ESMTPS` and `ESMTPSA` say TLS, `SMTP`, `ESMTP` and `ESMTPA` say none. */
function readTls(headers: readonly HeaderField[]): boolean | undefined {
  const received = headers.find(({ name }) => name.toLowerCase() === 'received')
  const [, protocol] = /\bwith\s+(?:UTF8)?((?:E?SMTP|LMTP)S?A?)\b/i.exec(received?.value ?? '') ?? []
  return protocol === undefined ? undefined : /(?:SMTP|LMTP)S/i.test(protocol)
}
