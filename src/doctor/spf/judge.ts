import type { DNSResolver } from 'mailauth'
import type { Lookup } from '../dns/lookup.ts'
import { valuesOf } from '../dns/lookup.ts'

/** What SPF says to each address of a server. */
export interface Judged {
  readonly passing: readonly string[]
  readonly failing: readonly { readonly address: string; readonly verdict: string }[]
  /** Why nothing is known, in words without a full stop. */
  readonly unknown?: string
}

/** Lets mailauth judge every address that a server's name has, as a receiver would, in its strict mode (RFC 7208). */
export async function judgeAddresses(dns: Lookup, domain: string, host: string): Promise<Judged> {
  const answer = await dns.addresses(host)
  if (answer.kind === 'failed')
    return { passing: [], failing: [], unknown: `its addresses cannot be read, ${answer.reason}` }
  const addresses = valuesOf(answer)
  if (addresses.length === 0) return { passing: [], failing: [], unknown: 'its name has no address' }
  const { spf } = await import('mailauth/lib/spf/index.js')
  const resolver = dns.resolve as DNSResolver
  const verdicts = await Promise.all(
    addresses.map(async (address) => {
      const { status } = await spf({ sender: `postmaster@${domain}`, ip: address, helo: host, resolver, strict: true })
      return { address, verdict: status.result }
    }),
  )
  return {
    passing: verdicts.filter(({ verdict }) => verdict === 'pass').map(({ address }) => address),
    failing: verdicts.filter(({ verdict }) => verdict !== 'pass'),
  }
}
