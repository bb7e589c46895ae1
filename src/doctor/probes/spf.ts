import { describeServer, isLoopback } from '../../transport/index.ts'
import { envelopeDomain, isOwnHost } from '../envelope.ts'
import { type DoctorContext, defineProbe, type Report } from '../probe.ts'
import { isSpf } from '../spf/parse.ts'
import { findRelay } from '../spf/relays.ts'
import { coversRelay, judgeServer } from '../spf/judge.ts'
import { nameSender, suggestSpf } from '../spf/suggest.ts'
import { type Obstacle, type Walk, walkSpf } from '../spf/walk.ts'

/** RFC 7208 §4.6.4 */
const MOST = { lookups: 10, voids: 2 }
const GIVES_UP =
  'Receivers treat the record as broken (permerror): SPF passes for nobody, and DMARC has to stand on DKIM alone.'

type Id =
  | 'missing'
  | 'several'
  | 'syntax'
  | 'too-many-lookups'
  | 'too-many-voids'
  | 'loop'
  | 'include-missing'
  | 'open'
  | 'endless'
  | 'ptr'
  | 'relay-missing'
  | 'relay-unsure'
  | 'unanswered'

export const spf = defineProbe<Id>({
  id: 'spf',
  group: 'SPF',
  isOnline: true,
  blames: 'environment',
  looksAt:
    'The SPF record of the envelope domain (`bounces.domain`, else the domain of `from`): that there is one and only one, its grammar, the lookups of all that it includes, and whether the server that mails passes.',
  faults: {
    missing: {
      level: 'problem',
      title: 'No SPF record',
      effect: 'Gmail, Yahoo and Outlook.com ask bulk senders for SPF, and refuse or hide mail without it.',
      remedy: 'Publish this record. If more services mail for the domain, add theirs to the same record.',
      source: 'RFC 7208 §4.5; https://support.google.com/a/answer/81126',
    },
    several: {
      level: 'problem',
      title: 'More than one SPF record',
      effect: GIVES_UP,
      remedy: 'Delete them all, and publish this one, which says the same.',
      source: 'RFC 7208 §3.2, §4.5',
    },
    syntax: {
      level: 'problem',
      title: 'A term that is not SPF',
      effect: GIVES_UP,
      remedy: 'Correct the term, or take it out.',
      source: 'RFC 7208 §4.6, §5, §6',
    },
    'too-many-lookups': {
      level: 'problem',
      title: 'More than ten lookups',
      effect: GIVES_UP,
      remedy:
        'Take out services that no longer mail for you, and give others a subdomain of their own. A relay’s addresses written out as ip4: cost nothing, but go stale.',
      source: 'RFC 7208 §4.6.4',
    },
    'too-many-voids': {
      level: 'problem',
      title: 'More than two lookups that find nothing',
      effect: GIVES_UP,
      remedy: 'Take out the terms that name what is no longer there.',
      source: 'RFC 7208 §4.6.4',
    },
    loop: {
      level: 'problem',
      title: 'Includes that go in a circle',
      effect: GIVES_UP,
      remedy: 'Take out the include that leads back.',
      source: 'RFC 7208 §4.6.4',
    },
    'include-missing': {
      level: 'problem',
      title: 'An include of a domain without SPF',
      effect: GIVES_UP,
      remedy: 'Take the term out, or write the name that the service gives today.',
      source: 'RFC 7208 §5.2',
    },
    open: {
      level: 'problem',
      title: 'Everybody may send (+all)',
      effect: 'Anybody can mail in your name with SPF passing. Receivers count such a record against the domain.',
      remedy: 'Publish it with an end that holds others off.',
      source: 'RFC 7208 §5.1, §11.4',
    },
    endless: {
      level: 'warning',
      title: 'A record without an end',
      effect: 'Who is not named is neutral, as if there were no record: it keeps nobody off.',
      remedy: 'Publish it with an end.',
      source: 'RFC 7208 §4.7',
    },
    ptr: {
      level: 'warning',
      title: 'The mechanism ptr',
      effect: 'It is slow, costs a lookup, and large receivers do not follow it.',
      remedy: 'Name the servers with a: or ip4: instead.',
      source: 'RFC 7208 §5.5',
    },
    'relay-missing': {
      level: 'problem',
      title: 'The relay is not in the record',
      effect: 'SPF fails for every message of the list.',
      remedy: 'Publish the record with the relay in it.',
      source: 'The page of the relay, named in the report',
    },
    'relay-unsure': {
      level: 'warning',
      title: 'The SMTP server does not pass',
      effect:
        'If it mails from the addresses that it listens on, SPF fails for every message. A relay may mail from others.',
      remedy: 'If the server is your own, publish this record. Otherwise ask the service what to include.',
      source: 'RFC 7208 §2.4',
    },
    unanswered: {
      level: 'problem',
      title: 'DNS does not answer',
      effect: 'While it is so, receivers put mail off (temperror), and some refuse it.',
      remedy: 'Try again in a few minutes. If it stays, the name servers of the domain need a look.',
      source: 'RFC 7208 §4.4, §5.2',
    },
  },
  run: async (context, report) => {
    const domain = envelopeDomain(context.newsletter)
    const answer = await context.dns.txt(domain)
    const { smtp } = context.newsletter
    const host = smtp && describeServer(smtp.url).host
    if (answer.kind === 'failed') {
      return report.fault('unanswered', { message: `The TXT records of ${domain} cannot be read: ${answer.reason}.` })
    }
    const records = answer.kind === 'found' ? answer.values.filter(isSpf) : []
    const [record] = records
    if (record === undefined) {
      const records = [suggestSpf(domain, [], nameSender(host))]
      return report.fault('missing', { message: `${domain} has no SPF record.`, records })
    }
    if (records.length > 1) {
      const message = `${domain} has ${records.length} SPF records; there may be one.`
      const relay = host === undefined ? undefined : findRelay(host)
      return report.fault('several', { message, records: [suggestSpf(domain, records, relay && nameSender(host))] })
    }
    const walk = await walkSpf(domain, record, context.dns)
    if (tellBroken(domain, walk, report)) return
    tellUnwise(domain, record, walk, report)
    if (host !== undefined) await tellRelay({ context, domain, record, walk, host }, report)
  },
})

/** @returns whether nobody passes, so that nothing else need be told. */
function tellBroken(domain: string, walk: Walk, report: Report<Id>): boolean {
  for (const obstacle of walk.obstacles) tellObstacle(domain, obstacle, report)
  if (walk.obstacles.length > 0) return true
  const { lookups, voids, costs } = walk
  if (lookups > MOST.lookups) {
    const list = costs.slice(0, 6).map((cost) => `${cost.term} (${cost.lookups})`)
    const message = `The record of ${domain} takes ${lookups} lookups; ${MOST.lookups} are allowed. Most go to ${list.join(', ')}.`
    report.fault('too-many-lookups', { message })
  }
  if (voids.length > MOST.voids) {
    const message = `The record of ${domain} asks for ${voids.length} names that have nothing: ${voids.join(', ')}. ${MOST.voids} are allowed.`
    report.fault('too-many-voids', { message })
  }
  return lookups > MOST.lookups || voids.length > MOST.voids
}

function tellObstacle(domain: string, obstacle: Obstacle, report: Report<Id>): void {
  const whose = (name: string) =>
    name === domain ? `The record of ${name}` : `The record of ${name}, included by ${domain},`
  switch (obstacle.kind) {
    case 'syntax':
      return report.fault('syntax', { message: `${whose(obstacle.domain)} has "${obstacle.term}", which is not SPF.` })
    case 'several':
      return report.fault('several', {
        message: `${obstacle.domain}, named by "${obstacle.by}", has more than one SPF record.`,
        remedy: 'Tell whoever owns that domain, or take the term out.',
      })
    case 'missing':
      return report.fault('include-missing', {
        message: `The record of ${domain} leads by "${obstacle.by}" to ${obstacle.domain}, which has no SPF record.`,
      })
    case 'crowd':
      return report.fault('too-many-lookups', {
        message: `The record of ${domain} uses mx, and ${obstacle.domain} has ${obstacle.hosts} servers for mail; ${MOST.lookups} are allowed.`,
        remedy: 'Name the servers that send with a: or ip4: instead of mx.',
      })
    case 'loop':
      return report.fault('loop', { message: `The record of ${domain} leads back: ${obstacle.path.join(' → ')}.` })
    case 'unanswered':
      return report.fault('unanswered', {
        message: `The record of ${domain} needs ${obstacle.domain}, and ${obstacle.reason}.`,
      })
  }
}

function tellUnwise(
  domain: string,
  record: string,
  { isOpen, hasEnd, usesPtr, lookups }: Walk,
  report: Report<Id>,
): void {
  const records = [suggestSpf(domain, [record])]
  if (isOpen) report.fault('open', { message: `The record of ${domain} lets everybody send: ${record}`, records })
  else if (!hasEnd) report.fault('endless', { message: `The record of ${domain} ends without all: ${record}`, records })
  if (usesPtr) report.fault('ptr', { message: `The record of ${domain} uses ptr.` })
  report.ok(`${domain} has one SPF record, with ${lookups} of ${MOST.lookups} lookups.`)
}

interface Sending {
  readonly context: DoctorContext
  readonly domain: string
  readonly record: string
  readonly walk: Walk
  readonly host: string
}

async function tellRelay({ context, domain, record, walk, host }: Sending, report: Report<Id>): Promise<void> {
  if (walk.isOpen) return
  if (isLoopback(host))
    return report.skip(`${host} is this machine: from which address its mail leaves is not known here.`)
  const records = [suggestSpf(domain, [record], nameSender(host))]
  const relay = findRelay(host)
  if (relay) {
    if (walk.included.has(relay.include)) return report.ok(`It includes ${relay.include}, as ${relay.name} asks.`)
    if (await coversRelay(context.dns, domain, relay.include))
      return report.ok(`It lists the networks of ${relay.name}.`)
    const own = relay.hasOwnReturnPath
    return report.fault('relay-missing', {
      message: `The record of ${domain} does not include ${relay.include}, and ${host} is ${relay.name}.`,
      level: own ? 'warning' : 'problem',
      remedy: own
        ? `${relay.name} puts a return address of its own on mail unless the account says otherwise; then this record is not asked. If yours is set to ${domain}, publish it.`
        : undefined,
      source: relay.source,
      records,
    })
  }
  const { passing, failing, unknown } = await judgeServer(context.dns, domain, host)
  if (unknown) return report.fault('relay-unsure', { message: `${host} cannot be judged: ${unknown}.` })
  // Somebody has named a service already, which may mail from other addresses than it listens on.
  const level = walk.included.size > 0 && !isOwnHost(context.newsletter, host) ? 'note' : undefined
  if (failing.length === 0) return report.ok(`${host} passes: ${passing.join(', ')}.`)
  const list = failing.map(({ address, verdict }) => `${address} (${verdict})`).join(', ')
  report.fault('relay-unsure', { message: `SPF of ${domain} does not pass for ${host}: ${list}.`, level, records })
}
