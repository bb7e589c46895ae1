import { describeServer, isLoopback } from '../../transport/index.ts'
import { type Lookup, valuesOf } from '../dns/lookup.ts'
import type { DnsRecord } from '../dns/record.ts'
import { toReverseName } from '../dns/reverse-name.ts'
import { envelopeDomain, isOwnHost } from '../envelope.ts'
import { defineProbe, type Report } from '../probe.ts'
import { findRelay } from '../spf/relays.ts'

type Id = 'no-address' | 'missing' | 'mismatch' | 'missing-mx' | 'unanswered'

export const reverse = defineProbe<Id>({
  id: 'reverse',
  group: 'Bounces',
  isOnline: true,
  blames: 'environment',
  looksAt:
    'Whether the addresses of a mail server of one’s own, for sending and for bounces, have names that lead back to them (PTR). Services look after theirs; of one that is not known it is only noted.',
  faults: {
    'no-address': {
      level: 'problem',
      title: 'An SMTP server without an address',
      effect: 'Nothing can be sent.',
      remedy: 'Correct SMTP_URL, or publish an address for the host.',
      source: 'RFC 5321 §5.1',
    },
    missing: {
      level: 'problem',
      title: 'An address without a name (no PTR)',
      effect: 'If mail leaves from this address, Gmail refuses it (550 5.7.25), and others do.',
      remedy: 'Whoever gives you the address sets this record, mostly in the panel of the server.',
      source: 'RFC 1912 §2.1; https://support.google.com/a/answer/81126',
    },
    mismatch: {
      level: 'problem',
      title: 'A name that does not lead back (PTR)',
      effect: 'If mail leaves from this address, Gmail refuses it (550 5.7.25), and others do.',
      remedy:
        'Whoever gives you the address sets this record, mostly in the panel of the server; the name needs the address in turn.',
      source: 'RFC 1912 §2.1; https://support.google.com/a/answer/81126',
    },
    'missing-mx': {
      level: 'warning',
      title: 'A server for bounces whose address has no right name',
      effect: 'It takes mail all the same. If it sends mail too, Gmail and others refuse that.',
      remedy: 'Whoever gives you the address sets this record.',
      source: 'RFC 1912 §2.1',
    },
    unanswered: {
      level: 'warning',
      title: 'DNS does not answer',
      effect: 'While it is so, receivers cannot tell whether the server has a name.',
      remedy: 'Try again in a few minutes.',
      source: 'RFC 1912 §2.1',
    },
  },
  run: async ({ newsletter, dns }, report) => {
    const host = newsletter.smtp && describeServer(newsletter.smtp.url).host
    if (host !== undefined && !isLoopback(host) && !findRelay(host))
      await judgeServer(host, isOwnHost(newsletter, host), dns, report)
    for (const { host: mx } of valuesOf(await dns.mx(envelopeDomain(newsletter)))) {
      // Those of a service are its own matter, and only take mail.
      if (mx !== host && isOwnHost(newsletter, mx)) await judgeMx(mx, dns, report)
    }
  },
})

async function judgeServer(host: string, isOwn: boolean, dns: Lookup, report: Report<Id>): Promise<void> {
  const addresses = await dns.addresses(host)
  if (addresses.kind === 'none' || addresses.kind === 'no-such-name') {
    return report.fault('no-address', { message: `${host}, the SMTP server, has no address.` })
  }
  for (const address of valuesOf(addresses)) {
    const judged = await judge(address, host, dns)
    // A service may mail from other addresses than it listens on.
    const level = isOwn ? undefined : 'note'
    if (judged.kind === 'ok') report.ok(`${address} is ${judged.name}, and back.`)
    else
      report.fault(judged.kind, {
        message: `${host} has the address ${address}, ${judged.words}.`,
        level,
        records: isOwn ? judged.records : [],
      })
  }
}

async function judgeMx(mx: string, dns: Lookup, report: Report<Id>): Promise<void> {
  for (const address of valuesOf(await dns.addresses(mx))) {
    const judged = await judge(address, mx, dns)
    if (judged.kind === 'ok') continue
    const id = judged.kind === 'unanswered' ? 'unanswered' : 'missing-mx'
    report.fault(id, {
      message: `${mx}, which takes bounces, has the address ${address}, ${judged.words}.`,
      records: judged.records,
    })
  }
}

type Judged =
  | { readonly kind: 'ok'; readonly name: string }
  | {
      readonly kind: 'missing' | 'mismatch' | 'unanswered'
      readonly words: string
      readonly records: readonly DnsRecord[]
    }

async function judge(address: string, host: string, dns: Lookup): Promise<Judged> {
  const names = await dns.names(address)
  const records: DnsRecord[] = [{ name: toReverseName(address), type: 'PTR', value: `${host}.` }]
  if (names.kind === 'failed')
    return { kind: 'unanswered', words: `whose name cannot be read: ${names.reason}`, records: [] }
  if (names.kind !== 'found') return { kind: 'missing', words: 'which has no name', records }
  for (const name of names.values) {
    if (valuesOf(await dns.addresses(name)).includes(address)) return { kind: 'ok', name }
  }
  return {
    kind: 'mismatch',
    words: `whose name is ${names.values.join(', ')}, and that does not lead back to it`,
    records,
  }
}
