import { describe, expect, test } from 'vitest'
import { systemClock } from '../../src/base/index.ts'
import { examine, type Examination, PROBES } from '../../src/doctor/index.ts'
import { createLookup } from '../../src/doctor/dns/lookup.ts'
import { startDns } from '../helpers/dns-server.ts'
import { makeKeyFolder, makeNewsletter, makeServices } from './make.ts'
import {
  BOUNCE_CASES,
  type Case,
  DKIM_CASES,
  DMARC_CASES,
  FAULTY_CASES,
  SOUND_CASES,
  SPF_CASES,
  zoneOf,
} from './zones/index.ts'

/** The site is another matter. */
const DNS_PROBES = PROBES.filter(({ group }) => ['SPF', 'DKIM', 'DMARC', 'Bounces'].includes(group))

async function judge(zone: Case): Promise<Examination> {
  const dns = await startDns(zoneOf(zone))
  return await examine({
    newsletter: makeNewsletter(zone),
    services: makeServices(makeKeyFolder()),
    clock: systemClock,
    isOnline: true,
    dns: { resolver: dns.address, timeoutMs: 100 },
    signal: new AbortController().signal,
    probes: DNS_PROBES,
  })
}

function listComplaints({ statements }: Examination): string[] {
  return statements.flatMap(({ mark, fault }) => ((mark === 'problem' || mark === 'warning') && fault ? [fault] : []))
}

describe.for([
  ['SPF', SPF_CASES],
  ['DKIM', DKIM_CASES],
  ['DMARC', DMARC_CASES],
  ['bounces', BOUNCE_CASES],
  ['sound', SOUND_CASES],
] as const)('%s', ([, cases]) => {
  test.for(cases)('$name ($source)', async (zone) => {
    const examination = await judge(zone)
    expect(listComplaints(examination)).toEqual(zone.expect)
    for (const { mark, effect, remedy, source, message } of examination.statements) {
      expect(message).not.toBe('')
      if (mark !== 'ok' && mark !== 'skipped') for (const words of [effect, remedy, source]) expect(words).toBeTruthy()
    }
  })
})

describe('publishing what it says mends', () => {
  test.for(FAULTY_CASES)('$name', async (zone) => {
    const { statements } = await judge(zone)
    const told = statements.filter(
      ({ records = [] }) => records.length > 0 && !JSON.stringify(records).includes('YOUR-'),
    )
    const changes = Object.fromEntries(
      told.flatMap(({ records = [] }) =>
        records.flatMap(({ name, type, value }) => [
          [`${name} CNAME`, undefined],
          [`${name} ${type}`, [type === 'TXT' ? value : value.replace(/\.$/, '')]],
        ]),
      ),
    )
    const left = listComplaints(await judge({ ...zone, changes: { ...zone.changes, ...changes } }))
    for (const { fault } of told) expect(left).not.toContain(fault)
  })
})

test('where no name server answers, that is the one problem', async () => {
  const examination = await examine({
    newsletter: makeNewsletter(),
    services: makeServices(makeKeyFolder()),
    clock: systemClock,
    isOnline: true,
    dns: { resolver: '127.0.0.1:1', timeoutMs: 100 },
    signal: new AbortController().signal,
    probes: PROBES.filter(({ id, group }) => id === 'resolver' || DNS_PROBES.some((probe) => probe.group === group)),
  })
  expect(listComplaints(examination)).toEqual(['resolver/deaf'])
})

test.for(['dns.example.com', '127.0.0.1:99999', '127.0.0.1:', '', '[::1'])('"%s" is no name server', (resolver) => {
  expect(() => createLookup({ resolver }, new AbortController().signal)).toThrow(/is no address of a name server/)
})

test('asks again over TCP when UDP has room for a part only', async () => {
  const dns = await startDns({ 'truncated long.example.com TXT': ['x'.repeat(2000)] })
  const lookup = createLookup({ resolver: dns.address }, new AbortController().signal)
  expect(await lookup.txt('long.example.com')).toEqual({ kind: 'found', values: ['x'.repeat(2000)] })
  expect(dns.questions).toEqual(['TXT long.example.com', 'tcp TXT long.example.com'])
})

test('every fault that a probe of DNS lists has a zone with it, or tells no complaint', () => {
  const met = new Set(FAULTY_CASES.flatMap(({ expect: faults }) => faults))
  const listed = DNS_PROBES.flatMap(({ id, faults }) =>
    Object.entries(faults).flatMap(([name, { level }]) => (level === 'note' ? [] : [`${id}/${name}`])),
  )
  expect(listed.filter((fault) => !met.has(fault))).toEqual(['reverse/unanswered'])
})
