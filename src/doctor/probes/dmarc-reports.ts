import { isDmarc, listReportUris } from '../dmarc/record.ts'
import { choosePolicy, findOrganisation, walkTree } from '../dmarc/tree-walk.ts'
import type { Lookup } from '../dns/lookup.ts'
import { makeTxt } from '../dns/record.ts'
import { fromDomain } from '../envelope.ts'
import { defineProbe, type Report } from '../probe.ts'

type Id = 'none' | 'no-uri' | 'not-authorised'

export const dmarcReports = defineProbe<Id>({
  id: 'dmarc-reports',
  group: 'DMARC',
  isOnline: true,
  blames: 'environment',
  looksAt: 'Where the DMARC record sends reports (rua), and whether that domain agrees to get them.',
  faults: {
    none: {
      level: 'note',
      title: 'No reports',
      effect: 'Nobody tells you which of your mail fails, and who mails in your name.',
      remedy: 'Add rua=mailto: with a mailbox that you read, or that of a service.',
      source: 'RFC 9989 §4.7; RFC 9990',
    },
    'no-uri': {
      level: 'warning',
      title: 'An address for reports that is none',
      effect: 'Reports do not come.',
      remedy: 'Write mailto: in front of the address.',
      source: 'RFC 9989 §4.7, §4.8',
    },
    'not-authorised': {
      level: 'warning',
      title: 'Reports to a domain that did not ask for them',
      effect: 'Receivers send no reports there, since anybody could name it.',
      remedy: 'Whoever gets the reports publishes this record; services do it when you register the domain.',
      source: 'RFC 9990 §4',
    },
  },
  run: async ({ newsletter, dns }, report) => {
    const from = fromDomain(newsletter)
    const policy = choosePolicy(from, await walkTree(from, dns))
    if (!policy || policy.record.repeated.length > 0)
      return report.skip('There is no DMARC record that says where reports go.')
    const uris = listReportUris(policy.record)
    if (uris.length === 0) {
      return report.fault('none', { message: `The record _dmarc.${policy.domain} names nobody to report to.` })
    }
    for (const uri of uris) await judgeUri(uri, policy.domain, dns, report)
  },
})

async function judgeUri(uri: string, domain: string, dns: Lookup, report: Report<Id>): Promise<void> {
  const [, target] = /^mailto:[^@?]+@([^@?]+)$/i.exec(uri) ?? []
  if (target === undefined) {
    // Other schemes are allowed; what becomes of them nobody can say.
    if (/^[a-z][a-z0-9+.-]*:/i.test(uri)) return report.skip(`Where ${uri} leads cannot be looked at.`)
    return report.fault('no-uri', {
      message: `_dmarc.${domain} says rua=${uri}, which is no address of the form mailto:name@example.com.`,
    })
  }
  const [own, other] = [await findOrganisation(domain, dns), await findOrganisation(target, dns)]
  if (own !== undefined && own === other) return report.ok(`Reports go to ${uri}.`)
  const name = `${domain}._report._dmarc.${target.toLowerCase()}`
  const answer = await dns.txt(name)
  if (answer.kind === 'failed')
    return report.skip(`Whether ${target} agrees to reports is not known: ${answer.reason}.`)
  if (answer.kind === 'found' && answer.values.some(isDmarc))
    return report.ok(`Reports go to ${uri}, and ${target} agrees.`)
  const message = `Reports go to ${uri}, and ${target} does not say that it wants those of ${domain}.`
  return report.fault('not-authorised', { message, records: [makeTxt(name, 'v=DMARC1')] })
}
