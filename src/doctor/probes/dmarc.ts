import { type DnsRecord, makeTxt } from '../dns/record.ts'
import { findWrongPolicy, type PolicyRecord } from '../dmarc/record.ts'
import { choosePolicy, type TreeWalk, walkTree } from '../dmarc/tree-walk.ts'
import { fromDomain } from '../envelope.ts'
import { defineProbe, type Report } from '../probe.ts'

/** RFC 9989 took them out; older receivers still read them. */
const REMOVED = ['pct', 'rf', 'ri'] as const
const NONE =
  'Outlook.com refuses bulk mail of domains without DMARC (550 5.7.515), Gmail and Yahoo count it against them.'

type Id =
  | 'missing'
  | 'several'
  | 'syntax'
  | 'stray'
  | 'no-policy'
  | 'removed-tags'
  | 'testing'
  | 'watching'
  | 'unanswered'

export const dmarc = defineProbe<Id>({
  id: 'dmarc',
  group: 'DMARC',
  isOnline: true,
  blames: 'environment',
  looksAt:
    'The DMARC record that holds for the domain of `from`: its own, or that of a domain above it, as the walk up the tree finds it.',
  faults: {
    missing: {
      level: 'problem',
      title: 'No DMARC record',
      effect: NONE,
      remedy:
        'Publish this record; put the address of a mailbox that you read behind mailto:. Once the reports show that all your mail passes, write p=quarantine, then p=reject.',
      source: 'RFC 9989 §4.10.1; https://support.google.com/a/answer/81126',
    },
    several: {
      level: 'problem',
      title: 'More than one DMARC record',
      effect: `Receivers drop them all, as if there were none. ${NONE}`,
      remedy: 'Delete all but one.',
      source: 'RFC 9989 §4.10',
    },
    stray: {
      level: 'warning',
      title: 'Something in the record that is no tag',
      effect: 'Receivers pass it over; what it was meant to say does not hold.',
      remedy: 'Publish the record without it, or as it was meant.',
      source: 'RFC 9989 §4.7',
    },
    syntax: {
      level: 'problem',
      title: 'A tag that stands twice',
      effect: `Receivers may drop it, as if there were none. ${NONE}`,
      remedy: 'Correct the record.',
      source: 'RFC 9989 §4.7; RFC 6376 §3.2',
    },
    'no-policy': {
      level: 'problem',
      title: 'A record without a policy',
      effect: 'With an address for reports it counts as p=none, without one it counts for nothing.',
      remedy: 'Publish it with p=.',
      source: 'RFC 9989 §4.7, §4.10.1',
    },
    'removed-tags': {
      level: 'warning',
      title: 'Tags that DMARC has no longer (pct, rf, ri)',
      effect:
        'Receivers that follow RFC 9989 ignore them: with pct=50 all of your mail is under the policy there, and half of it elsewhere.',
      remedy: 'Publish the record without them. To try a policy out, use t=y.',
      source: 'RFC 9989 §4.7, §9.3',
    },
    testing: {
      level: 'warning',
      title: 'A policy that is only tried out (t=y)',
      effect: 'Receivers apply the policy one step weaker: reject as quarantine, quarantine as none.',
      remedy: 'Take t=y out once the reports show that your mail passes.',
      source: 'RFC 9989 §4.7',
    },
    watching: {
      level: 'note',
      title: 'A policy that only watches (p=none)',
      effect: 'It is enough for the large receivers. It keeps nobody from mailing in your name.',
      remedy: 'Once the reports show that all your mail passes, write p=quarantine, then p=reject.',
      source: 'RFC 9989 §4.7',
    },
    unanswered: {
      level: 'problem',
      title: 'DNS does not answer',
      effect: 'While it is so, receivers do not know the policy; some put the mail off.',
      remedy: 'Try again in a few minutes. If it stays, the name servers of the domain need a look.',
      source: 'RFC 9989 §4.10',
    },
  },
  run: async ({ newsletter, dns }, report) => {
    const from = fromDomain(newsletter)
    const walk = await walkTree(from, dns)
    const policy = choosePolicy(from, walk)
    if (!policy) return tellNone(from, walk, report)
    const { domain, record } = policy
    const name = `_dmarc.${domain}`
    const wrong = findWrongPolicy(record)
    if (record.repeated.length > 0) {
      const tags = record.repeated.map((tag) => `${tag}=`).join(', ')
      return report.fault('syntax', { message: `The record ${name} has ${tags} twice. It says: ${record.text}` })
    }
    if (wrong !== undefined || record.policy === undefined) {
      const message = wrong
        ? `The record ${name} says ${wrong}=${record.tags.get(wrong) ?? ''}, and the policies are none, quarantine and reject.`
        : `The record ${name} has no p=.`
      return report.fault('no-policy', {
        message,
        records: [rewrite(name, record, { p: 'none', ...(wrong ? { [wrong]: 'none' } : {}) })],
      })
    }
    tellSound(from, domain, record, report)
  },
})

function tellNone(from: string, walk: TreeWalk, report: Report<Id>): void {
  const { failure, several, misspelt } = walk
  if (failure) {
    return report.fault('unanswered', { message: `_dmarc.${failure.domain} cannot be read: ${failure.reason}.` })
  }
  const [twice] = several
  if (twice) {
    return report.fault('several', { message: `_dmarc.${twice.domain} has ${twice.count} records; there may be one.` })
  }
  const organisation = guessOrganisation(from)
  const [near] = misspelt
  const almost = near ? ` _dmarc.${near.domain} says "${near.text}", which does not begin with v=DMARC1.` : ''
  const value = `v=DMARC1; p=none; rua=mailto:dmarc-reports@${organisation}`
  const message = `Neither ${from} nor a domain above it has a DMARC record.${almost}`
  report.fault('missing', { message, records: [makeTxt(`_dmarc.${organisation}`, value)] })
}

// Without a record nothing says where an organisation begins: the two last labels are right for most.
function guessOrganisation(domain: string): string {
  const labels = domain.split('.')
  const isPaired =
    /^(?:ac|co|com|edu|gov|ne|net|or|org)$/.test(labels.at(-2) ?? '') && (labels.at(-1) ?? '').length === 2
  return labels.slice(isPaired ? -3 : -2).join('.')
}

function tellSound(from: string, domain: string, record: PolicyRecord, report: Report<Id>): void {
  const name = `_dmarc.${domain}`
  if (record.malformed.length > 0) {
    const message = `The record ${name} has "${record.malformed.join('", "')}", which is no tag=value.`
    report.fault('stray', { message, records: [rewrite(name, record, {})] })
  }
  const removed = REMOVED.filter((tag) => record.tags.has(tag))
  if (removed.length > 0) {
    const message = `The record ${name} has ${removed.map((tag) => `${tag}=`).join(', ')}.`
    report.fault('removed-tags', { message, records: [rewrite(name, record, {}, removed)] })
  }
  if (record.isTest) report.fault('testing', { message: `The record ${name} says t=y.` })
  const applied = applyPolicy(from, domain, record)
  if (applied.policy === 'none') {
    return report.fault('watching', { message: `${name} says ${applied.tag}=none, which holds for ${from}.` })
  }
  report.ok(`${name} says ${applied.tag}=${applied.policy ?? ''}, which holds for ${from}.`)
  return undefined
}

function applyPolicy(from: string, domain: string, { tags, policy }: PolicyRecord) {
  const sub = from === domain ? undefined : tags.get('sp')?.toLowerCase()
  return sub === undefined ? { tag: 'p', policy } : { tag: 'sp', policy: sub }
}

function rewrite(
  name: string,
  record: PolicyRecord,
  over: Readonly<Record<string, string>>,
  without: readonly string[] = [],
): DnsRecord {
  const tags = new Map(record.tags)
  tags.delete('v')
  for (const tag of without) tags.delete(tag)
  const { p = tags.get('p'), ...others } = over
  const all = new Map([
    ['v', 'DMARC1'],
    ...(p === undefined ? [] : [['p', p] as const]),
    ...[...tags].filter(([tag]) => tag !== 'p'),
    ...Object.entries(others),
  ])
  return makeTxt(name, [...all].map(([tag, value]) => `${tag}=${value}`).join('; '))
}
