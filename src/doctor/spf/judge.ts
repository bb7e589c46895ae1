import type { DNSResolver } from 'mailauth'
import { type Lookup, valuesOf } from '../dns/lookup.ts'
import { isSpf } from './parse.ts'
import { walkSpf } from './walk.ts'

/** What SPF says to each address of a server. */
export interface Judged {
  readonly passing: readonly string[]
  readonly failing: readonly { readonly address: string; readonly verdict: string }[]
  /** Why nothing is known, in words without a full stop. */
  readonly unknown?: string
}

/** Networks of a relay that are tried: enough to tell a record that lists them from one that does not know them. */
const MOST_NETWORKS = 20

/** Judges every address that a server's name has. */
export async function judgeServer(dns: Lookup, domain: string, host: string): Promise<Judged> {
  const answer = await dns.addresses(host)
  if (answer.kind === 'failed')
    return { passing: [], failing: [], unknown: `its addresses cannot be read, ${answer.reason}` }
  const addresses = valuesOf(answer)
  if (addresses.length === 0) return { passing: [], failing: [], unknown: 'its name has no address' }
  return await judgeAddresses(dns, domain, host, addresses)
}

/** Whether a record lets the networks of a relay mail without including it: some write them out. */
export async function coversRelay(dns: Lookup, domain: string, include: string): Promise<boolean> {
  const record = valuesOf(await dns.txt(include)).find(isSpf)
  if (record === undefined) return false
  const addresses = (await walkSpf(include, record, dns)).networks.slice(0, MOST_NETWORKS)
  if (addresses.length === 0) return false
  return (await judgeAddresses(dns, domain, include, addresses)).failing.length === 0
}

/** Lets mailauth judge addresses as a receiver would, in its strict mode (RFC 7208). */
async function judgeAddresses(
  dns: Lookup,
  domain: string,
  helo: string,
  addresses: readonly string[],
): Promise<Judged> {
  const { spf } = await import('mailauth/lib/spf/index.js')
  const resolver = dns.resolve as DNSResolver
  const verdicts = await Promise.all(
    addresses.map(async (address) => {
      const { status } = await spf({ sender: `postmaster@${domain}`, ip: address, helo, resolver, strict: true })
      return { address, verdict: status.result }
    }),
  )
  return {
    passing: verdicts.filter(({ verdict }) => verdict === 'pass').map(({ address }) => address),
    failing: verdicts.filter(({ verdict }) => verdict !== 'pass'),
  }
}
