import { buildKeyRecord, type DkimKey, readDkimKeys } from '../../message/index.ts'
import { messageOf } from '../../base/index.ts'
import type { Lookup } from '../dns/lookup.ts'
import { makeTxt } from '../dns/record.ts'
import { type KeyRecord, readKeyRecord } from '../dkim/record.ts'
import { defineProbe, type Report } from '../probe.ts'

const UNSIGNED =
  'Every signature fails, as if messages were not signed: DMARC has to stand on SPF alone, and one-click unsubscribe is not honoured (RFC 8058 §4).'
const MIN_BITS = 2048

type Id =
  | 'missing'
  | 'alias'
  | 'several'
  | 'syntax'
  | 'revoked'
  | 'type'
  | 'weak'
  | 'other-key'
  | 'hash'
  | 'service'
  | 'testing'
  | 'unanswered'

export const dkim = defineProbe<Id>({
  id: 'dkim',
  group: 'DKIM',
  isOnline: true,
  blames: 'environment',
  looksAt:
    'The record of each key that signs: that it is there once, can be read, and holds the public half of our key.',
  faults: {
    missing: {
      level: 'problem',
      title: 'No key record',
      effect: UNSIGNED,
      remedy: 'Publish this record.',
      source: 'RFC 6376 §3.6.2, §6.1.2',
    },
    alias: {
      level: 'problem',
      title: 'An alias that leads nowhere',
      effect: UNSIGNED,
      remedy: 'Publish the record at the end of the alias, or delete the CNAME and publish it here.',
      source: 'RFC 6376 §3.6.2; RFC 1034 §3.6.2',
    },
    several: {
      level: 'problem',
      title: 'More than one key record',
      effect: 'Receivers may take either, or none: signatures fail by chance.',
      remedy: 'Delete all but this one.',
      source: 'RFC 6376 §3.6.2.2',
    },
    syntax: {
      level: 'problem',
      title: 'A record that cannot be read',
      effect: UNSIGNED,
      remedy: 'Publish this record in its place.',
      source: 'RFC 6376 §3.2, §3.6.1',
    },
    revoked: {
      level: 'problem',
      title: 'A key that was revoked (p= is empty)',
      effect: UNSIGNED,
      remedy: 'If it was revoked on purpose, make a new key under a new selector. Otherwise publish this record.',
      source: 'RFC 6376 §3.6.1',
    },
    type: {
      level: 'problem',
      title: 'A record of another kind of key (k=)',
      effect: UNSIGNED,
      remedy: 'Publish this record in its place.',
      source: 'RFC 6376 §3.6.1; RFC 8463 §4',
    },
    weak: {
      level: 'problem',
      title: 'A published key that is too short',
      effect: `It is not the key that signs, and receivers need not take it: keys under 1024 bits are refused, and ${MIN_BITS} are asked for.`,
      remedy: 'Publish this record in its place.',
      source: 'RFC 8301 §3.2; https://support.google.com/a/answer/81126',
    },
    'other-key': {
      level: 'problem',
      title: 'Another key than the one that signs',
      effect: UNSIGNED,
      remedy: 'Publish this record in its place, or sign with the key that belongs to the published one.',
      source: 'RFC 6376 §6.1.3',
    },
    hash: {
      level: 'problem',
      title: 'A record that does not allow SHA-256 (h=)',
      effect: UNSIGNED,
      remedy: 'Publish this record in its place.',
      source: 'RFC 6376 §3.6.1; RFC 8301 §3.1',
    },
    service: {
      level: 'problem',
      title: 'A record that is not for mail (s=)',
      effect: UNSIGNED,
      remedy: 'Publish this record in its place.',
      source: 'RFC 6376 §3.6.1',
    },
    testing: {
      level: 'warning',
      title: 'A key that is only tried out (t=y)',
      effect: 'Receivers may treat signed messages as unsigned.',
      remedy: 'Publish this record in its place once signatures pass.',
      source: 'RFC 6376 §3.6.1',
    },
    unanswered: {
      level: 'problem',
      title: 'DNS does not answer',
      effect: 'While it is so, receivers cannot verify signatures; some put the mail off, some refuse it.',
      remedy: 'Try again in a few minutes. If it stays, the name servers of the domain need a look.',
      source: 'RFC 6376 §6.1.2',
    },
  },
  run: async ({ newsletter, services, dns }, report) => {
    if (!newsletter.dkim) {
      return report.skip(
        'Messages are not signed here. If the SMTP service signs them, its own pages say which records it needs.',
      )
    }
    const keys = readKeys(newsletter.dkim, services.root)
    if (typeof keys === 'string') return report.skip(`The keys cannot be read: ${keys}`)
    for (const key of keys) await judgeKey(key, dns, report)
  },
})

function readKeys(options: Parameters<typeof readDkimKeys>[0], root: string): readonly DkimKey[] | string {
  try {
    return readDkimKeys(options, root).keys
  } catch (error) {
    return messageOf(error)
  }
}

async function judgeKey(key: DkimKey, dns: Lookup, report: Report<Id>): Promise<void> {
  const { name, value } = buildKeyRecord(key)
  const records = [makeTxt(name, value)]
  const answer = await dns.txt(name)
  if (answer.kind === 'failed')
    return report.fault('unanswered', { message: `${name} cannot be read: ${answer.reason}.` })
  if (answer.kind !== 'found') {
    const alias = await dns.cname(name)
    if (alias.kind !== 'found') return report.fault('missing', { message: `${name} has no record.`, records })
    const message = `${name} is an alias of ${alias.values.join(', ')}, which has no record.`
    return report.fault('alias', { message, records })
  }
  const [text = ''] = answer.values
  if (answer.values.length > 1) {
    return report.fault('several', {
      message: `${name} has ${answer.values.length} records; there may be one.`,
      records,
    })
  }
  const record = readKeyRecord(text)
  if (typeof record === 'string') {
    return report.fault('syntax', { message: `The record ${name} cannot be read: ${record}.`, records })
  }
  const wrong = findFault(record, key, value)
  if (wrong) report.fault(wrong.id, { message: `The record ${name} ${wrong.message}.`, records })
  else report.ok(`${name} holds the key that signs${record.bits ? `, RSA with ${record.bits} bits` : ', Ed25519'}.`)
}

function findFault(record: KeyRecord, key: DkimKey, wanted: string): { id: Id; message: string } | undefined {
  const type = key.algorithm === 'rsa-sha256' ? 'rsa' : 'ed25519'
  if (record.key === '') return { id: 'revoked', message: 'has an empty p=: the key was revoked' }
  if (record.type !== type)
    return { id: 'type', message: `is of type k=${record.type}, and the key that signs is ${type}` }
  if (record.bits !== undefined && record.bits < MIN_BITS)
    return { id: 'weak', message: `has a key of ${record.bits} bits, which is not the one that signs` }
  if (record.key !== wanted.slice(wanted.indexOf('p=') + 2))
    return { id: 'other-key', message: 'has another key than the one that signs' }
  if (record.hashes && !record.hashes.includes('sha256'))
    return { id: 'hash', message: `allows h=${record.hashes.join(':')} only, and messages are signed with sha256` }
  if (!record.services.some((service) => service === '*' || service === 'email'))
    return { id: 'service', message: `is for s=${record.services.join(':')}, not for mail` }
  return record.isTest ? { id: 'testing', message: 'says t=y: the key is only tried out' } : undefined
}
