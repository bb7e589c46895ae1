import { choosePolicy, findOrganisation, walkTree } from '../dmarc/tree-walk.ts'
import type { Lookup } from '../dns/lookup.ts'
import { envelopeDomain, fromDomain } from '../envelope.ts'
import { defineProbe } from '../probe.ts'
import { findRelay } from '../spf/relays.ts'
import { describeServer } from '../../transport/index.ts'

type Id = 'none' | 'spf' | 'dkim'

export const alignment = defineProbe<Id>({
  id: 'alignment',
  group: 'DMARC',
  isOnline: true,
  blames: 'configuration',
  looksAt:
    'Whether the domains of return addresses (SPF) and signatures (DKIM) belong to the domain of `from`, strictly where the record asks for that.',
  faults: {
    none: {
      level: 'problem',
      title: 'Neither SPF nor DKIM counts for DMARC',
      effect:
        'Every message fails DMARC, whatever SPF and DKIM say: it is refused or put aside where the policy or the receiver asks for it.',
      remedy:
        'Set dkim.domain to the domain of `from` or one above it, and bounces.domain to one of the same organisation.',
      source: 'RFC 9989 §4.4, §4.10.2',
    },
    spf: {
      level: 'warning',
      title: 'SPF does not count for DMARC',
      effect: 'DMARC stands on the signature alone: when it breaks on the way, the message fails.',
      remedy: 'Set bounces.domain to a domain of the same organisation as `from`, or aspf=r in the record.',
      source: 'RFC 9989 §4.4.2',
    },
    dkim: {
      level: 'problem',
      title: 'DKIM does not count for DMARC',
      effect: 'DMARC stands on SPF alone: every message that is forwarded fails.',
      remedy: 'Set dkim.domain to the domain of `from` or one above it, and publish the key there.',
      source: 'RFC 9989 §4.4.1',
    },
  },
  run: async ({ newsletter, dns }, report) => {
    const from = fromDomain(newsletter)
    const walk = await walkTree(from, dns)
    const record = choosePolicy(from, walk)?.record
    if (walk.failure) return report.skip(`Which domains belong together is not known: ${walk.failure.reason}.`)
    // Where organisations begin is known from records alone.
    if (!record) return report.skip('There is no DMARC record that would ask which domains belong together.')
    const envelope = envelopeDomain(newsletter)
    const signer = newsletter.dkim?.domain
    const isSpf = await belongs(envelope, from, record.isStrictSpf, dns)
    const isDkim = signer === undefined ? undefined : await belongs(signer, from, record.isStrictDkim, dns)
    const how = (isStrict: boolean) => (isStrict ? ', and the record asks for the very same domain' : '')
    const spfWords = `return addresses are of ${envelope}${how(record.isStrictSpf)}`
    const dkimWords = signer === undefined ? '' : `signatures are of ${signer}${how(record.isStrictDkim)}`
    if (!isSpf && isDkim === false) {
      return report.fault('none', { message: `Mail is from ${from}, ${spfWords}, and ${dkimWords}.` })
    }
    if (!isSpf) report.fault('spf', { message: `Mail is from ${from}, and ${spfWords}.` })
    else if (hasOwnReturnPath(newsletter.smtp?.url)) {
      report.skip(
        'The relay puts a return address of its own on mail unless the account says otherwise; then only DKIM counts.',
      )
    } else report.ok(`SPF aligns: ${spfWords}.`)
    if (isDkim === false) report.fault('dkim', { message: `Mail is from ${from}, and ${dkimWords}.` })
    else if (isDkim) report.ok(`DKIM aligns: ${dkimWords}.`)
    else report.skip(`Messages are not signed here; if the SMTP service signs, have it sign as ${from}.`)
  },
})

function hasOwnReturnPath(url: string | undefined): boolean {
  return url !== undefined && findRelay(describeServer(url).host)?.hasOwnReturnPath === true
}

async function belongs(domain: string, from: string, isStrict: boolean, dns: Lookup): Promise<boolean> {
  if (isStrict || domain === from) return domain === from
  const [own, other] = [await findOrganisation(from, dns), await findOrganisation(domain, dns)]
  return own !== undefined && own === other
}
