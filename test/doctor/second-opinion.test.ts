import { Resolver } from 'node:dns/promises'
import type { DNSResolver } from 'mailauth'
import { dmarc } from 'mailauth/lib/dmarc/index.js'
import { spf } from 'mailauth/lib/spf/index.js'
import { expect, test } from 'vitest'
import { startDns } from '../helpers/dns-server.ts'
import { type Case, DMARC_CASES, SOUND_CASES, SPF_CASES, zoneOf } from './zones/index.ts'

/** An address that nobody lets mail, so that a record is followed to its end. */
const STRANGER = '203.0.113.77'
const BROKEN = /^spf\/(?:several|syntax|too-many|loop|include-missing)/
const LOST = /^dmarc\/(?:missing|several|syntax)/

async function startResolver(zone: Case): Promise<DNSResolver> {
  const { address } = await startDns(zoneOf(zone))
  const resolver = new Resolver({ timeout: 100, tries: 2 })
  resolver.setServers([address])
  return (async (name: string, type: string) => await resolver.resolve(name, type)) as DNSResolver
}

test.for([...SPF_CASES, ...SOUND_CASES])('mailauth agrees on SPF: $name', async (zone) => {
  const resolver = await startResolver(zone)
  const sender = 'postmaster@b.news.example.com'
  const { status } = await spf({ sender, ip: STRANGER, helo: 'stranger.example', resolver, strict: true })
  const [fault = ''] = zone.expect
  if (BROKEN.test(fault)) expect(status.result).toBe('permerror')
  else if (fault === 'spf/unanswered') expect(status.result).toBe('temperror')
  else if (fault === 'spf/missing') expect(status.result).toBe('none')
  else if (fault === 'spf/open') expect(status.result).toBe('pass')
  else expect(['fail', 'softfail', 'neutral']).toContain(status.result)
})

test.for([...DMARC_CASES, ...SOUND_CASES])('mailauth agrees on DMARC: $name', async (zone) => {
  const resolver = await startResolver(zone)
  const { bounces = 'b.news.example.com', dkimDomain = 'news.example.com' } = zone
  const headerFrom = 'news.example.com'
  const judge = async (spfDomains: string[], dkimDomains: { domain: string }[]) =>
    await dmarc({ headerFrom, spfDomains, dkimDomains, resolver, strict: true })
  const both = await judge([bounces], [{ domain: dkimDomain }])
  const [fault = ''] = zone.expect
  const verdict = both ? both.status.result : undefined
  if (LOST.test(fault) || zone.name === 'no policy, and nowhere to report to') return expect(verdict).toBe('none')
  if (fault === 'dmarc/unanswered') return expect(verdict).toBe('temperror')
  expect(verdict).toBe(fault === 'alignment/none' ? 'fail' : 'pass')
  const spfAlone = await judge([bounces], [])
  const dkimAlone = await judge([], [{ domain: dkimDomain }])
  expect(spfAlone && spfAlone.status.result).toBe(/^alignment\/(?:none|spf)$/.test(fault) ? 'fail' : 'pass')
  expect(dkimAlone && dkimAlone.status.result).toBe(/^alignment\/(?:none|dkim)$/.test(fault) ? 'fail' : 'pass')
})
