import { fromDomain, mayBelong } from '../envelope.ts'
import { defineProbe } from '../probe.ts'

export const sender = defineProbe<'foreign-dkim' | 'foreign-bounces'>({
  id: 'sender',
  group: 'Configuration',
  isOnline: false,
  blames: 'configuration',
  looksAt:
    'Whether dkim.domain and bounces.domain can belong to the domain of `from`, by their names. With --online the DMARC records say it for sure.',
  faults: {
    'foreign-dkim': {
      level: 'problem',
      title: 'A signing domain that is not the sender’s',
      effect: 'DMARC does not count the signature, and `send` refuses to mail.',
      remedy: 'Set dkim.domain to the domain of `from` or one above it, and publish the key there.',
      source: 'RFC 9989 §4.4.1',
    },
    'foreign-bounces': {
      level: 'warning',
      title: 'Return addresses of another domain',
      effect: 'DMARC does not count SPF, and stands on the signature alone.',
      remedy: 'Set bounces.domain to a domain below that of `from`.',
      source: 'RFC 9989 §4.4.2',
    },
  },
  run: ({ newsletter, services, isOnline }, report) => {
    const from = fromDomain(newsletter)
    report.ok(`${services.configFile} loads; mail is from ${newsletter.from.address}.`)
    // The walk through the records knows better.
    if (isOnline) return
    const { dkim, bounces } = newsletter
    if (dkim && !mayBelong(dkim.domain, from)) {
      report.fault('foreign-dkim', { message: `Mail is from ${from}, and signatures would be of ${dkim.domain}.` })
    } else if (dkim) report.ok(`Signatures are of ${dkim.domain}.`)
    if (bounces && !mayBelong(bounces.domain, from)) {
      report.fault('foreign-bounces', {
        message: `Mail is from ${from}, and return addresses are of ${bounces.domain}.`,
      })
    } else if (bounces) report.ok(`Return addresses are of ${bounces.domain}.`)
  },
})
