import { isIP } from 'node:net'
import type { Lookup, MxHost } from '../dns/lookup.ts'
import type { DnsRecord } from '../dns/record.ts'
import { envelopeDomain } from '../envelope.ts'
import { defineProbe, type Report } from '../probe.ts'

const LOST = 'Bounces are lost: addresses that are gone stay on the list, and receivers count that against you.'

type Id = 'no-mx' | 'implicit-mx' | 'null-mx' | 'mx-alias' | 'mx-unknown' | 'unanswered'

export const bounces = defineProbe<Id>({
  id: 'bounces',
  group: 'Bounces',
  isOnline: true,
  blames: 'environment',
  looksAt: 'Where mail to the envelope domain goes (MX): bounces, and requests to unsubscribe by mail.',
  faults: {
    'no-mx': {
      level: 'problem',
      title: 'Nobody takes bounces (no MX)',
      effect: `${LOST} Some receivers refuse mail whose return address cannot be answered.`,
      remedy: 'Publish an MX record with the name of the server that takes your mail.',
      source: 'RFC 5321 §5.1',
    },
    'implicit-mx': {
      level: 'warning',
      title: 'No MX, but an address',
      effect: 'Bounces go to the host itself, which may be a web server that takes no mail.',
      remedy: 'Publish an MX record, which says so.',
      source: 'RFC 5321 §5.1',
    },
    'null-mx': {
      level: 'problem',
      title: 'A domain that takes no mail (null MX)',
      effect: `${LOST} Receivers may refuse mail from a domain that takes none.`,
      remedy: 'Replace the record by one with the name of the server that takes your mail.',
      source: 'RFC 7505 §3, §4.2',
    },
    'mx-alias': {
      level: 'warning',
      title: 'An MX that is an alias (CNAME)',
      effect: 'Some servers do not follow it, and do not deliver bounces.',
      remedy: 'Publish the MX record with the name at the end of the alias.',
      source: 'RFC 5321 §5.1; RFC 2181 §10.3',
    },
    'mx-unknown': {
      level: 'problem',
      title: 'An MX without an address',
      effect: LOST,
      remedy:
        'Publish an address for the host, or an MX record with another one. An MX record holds a name, never an address.',
      source: 'RFC 5321 §5.1; RFC 1035 §3.3.9',
    },
    unanswered: {
      level: 'problem',
      title: 'DNS does not answer',
      effect: 'While it is so, bounces wait, and some receivers put your mail off.',
      remedy: 'Try again in a few minutes. If it stays, the name servers of the domain need a look.',
      source: 'RFC 5321 §5.1',
    },
  },
  run: async ({ newsletter, dns }, report) => {
    const domain = envelopeDomain(newsletter)
    const answer = await dns.mx(domain)
    if (answer.kind === 'failed')
      return report.fault('unanswered', { message: `The MX records of ${domain} cannot be read: ${answer.reason}.` })
    if (answer.kind === 'found') return await judgeHosts(domain, answer.values, dns, report)
    const host = await dns.addresses(domain)
    const records = [suggest(domain)]
    if (host.kind === 'found') {
      return report.fault('implicit-mx', {
        message: `${domain} has no MX record, and the address ${host.values.join(', ')}.`,
        records: [suggest(domain, domain)],
      })
    }
    return report.fault('no-mx', { message: `${domain}, where bounces go, has no MX record.`, records })
  },
})

async function judgeHosts(domain: string, hosts: readonly MxHost[], dns: Lookup, report: Report<Id>): Promise<void> {
  if (hosts.some(({ host }) => host === '' || host === '.')) {
    return report.fault('null-mx', {
      message: `${domain}, where bounces go, says that it takes no mail.`,
      records: [suggest(domain)],
    })
  }
  let isSound = true
  for (const { host, priority } of hosts) {
    const alias = await dns.cname(host)
    const addresses = isIP(host) ? undefined : await dns.addresses(host)
    if (addresses?.kind === 'failed') {
      report.fault('unanswered', {
        message: `${host}, which takes mail of ${domain}, cannot be looked up: ${addresses.reason}.`,
      })
    } else if (addresses?.kind !== 'found') {
      report.fault('mx-unknown', {
        message: `${host}, which takes mail of ${domain}, ${isIP(host) ? 'is an address and no name' : 'has no address'}.`,
      })
    } else if (alias.kind === 'found') {
      const [target = ''] = alias.values
      const message = `${host}, which takes mail of ${domain}, is an alias of ${target}.`
      report.fault('mx-alias', { message, records: [suggest(domain, target, priority)] })
    } else continue
    isSound = false
  }
  if (isSound) report.ok(`Bounces to ${domain} go to ${hosts.map(({ host }) => host).join(', ')}.`)
}

function suggest(name: string, host = 'YOUR-MAIL-SERVER', priority = 10): DnsRecord {
  return { name, type: 'MX', value: `${priority} ${host}.` }
}
