import { type Case, BOUNCE, each, many, SPF } from './case.ts'

export const SPF_CASES: readonly Case[] = [
  {
    name: 'no SPF record',
    source: 'RFC 7208 §4.5',
    changes: { [BOUNCE]: ['some-site-verification=1'] },
    expect: ['spf/missing'],
  },
  {
    name: 'no TXT record at all',
    source: 'RFC 7208 §4.5',
    changes: { [BOUNCE]: undefined },
    expect: ['spf/missing'],
  },
  {
    name: 'v=spf10 is another thing',
    source: 'RFC 7208 §4.5',
    changes: { [BOUNCE]: ['v=spf10 include:_spf.relay.example -all'] },
    expect: ['spf/missing'],
  },
  {
    name: 'two SPF records',
    source: 'RFC 7208 §3.2, §4.5',
    changes: { [BOUNCE]: [SPF, 'v=spf1 mx -all'] },
    expect: ['spf/several'],
  },
  {
    name: 'eleven lookups in a row',
    source: 'RFC 7208 §4.6.4',
    changes: { [BOUNCE]: [`v=spf1 ip4:192.0.2.0/24 ${many(11)} -all`], ...each(11, 'v=spf1 ip4:198.51.100.1 -all') },
    expect: ['spf/too-many-lookups'],
  },
  {
    name: 'eleven lookups in the depth',
    source: 'RFC 7208 §4.6.4',
    changes: {
      [BOUNCE]: ['v=spf1 ip4:192.0.2.0/24 include:s0.example.net a mx -all'],
      'b.news.example.com A': ['198.51.100.9'],
      's0.example.net TXT': [`v=spf1 ${many(9).replace('include:s0.example.net ', '')} -all`],
      ...Object.fromEntries(
        Array.from({ length: 8 }, (_, at) => [`s${at + 1}.example.net TXT`, ['v=spf1 ip4:198.51.100.1 -all']]),
      ),
    },
    expect: ['spf/too-many-lookups'],
  },
  {
    name: 'mx of a domain with eleven servers',
    source: 'RFC 7208 §4.6.4',
    changes: {
      [BOUNCE]: ['v=spf1 ip4:192.0.2.0/24 mx:m.example.net -all'],
      'm.example.net MX': Array.from({ length: 11 }, (_, at) => `10 h${at}.example.net`),
      ...Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`h${at}.example.net A`, ['198.51.100.2']])),
    },
    expect: ['spf/too-many-lookups'],
  },
  {
    name: 'three void lookups',
    source: 'RFC 7208 §4.6.4',
    changes: { [BOUNCE]: ['v=spf1 a:no1.example.net a:no2.example.net mx:no3.example.net ip4:192.0.2.0/24 -all'] },
    expect: ['spf/too-many-voids'],
  },
  {
    name: 'an include that leads back',
    source: 'RFC 7208 §4.6.4',
    changes: { [BOUNCE]: ['v=spf1 ip4:192.0.2.0/24 include:b.news.example.com -all'] },
    expect: ['spf/loop'],
  },
  {
    name: 'includes in a circle',
    source: 'RFC 7208 §4.6.4',
    changes: {
      [BOUNCE]: ['v=spf1 ip4:192.0.2.0/24 include:x.example.net -all'],
      'x.example.net TXT': ['v=spf1 include:y.example.net -all'],
      'y.example.net TXT': ['v=spf1 include:x.example.net -all'],
    },
    expect: ['spf/loop'],
  },
  {
    name: 'a mechanism that there is not',
    source: 'RFC 7208 §4.6',
    changes: { [BOUNCE]: ['v=spf1 includes:_spf.relay.example -all'] },
    expect: ['spf/syntax'],
  },
  {
    name: 'an address that is none',
    source: 'RFC 7208 §5.6',
    changes: { [BOUNCE]: ['v=spf1 ip4:192.0.2.300 include:_spf.relay.example -all'] },
    expect: ['spf/syntax'],
  },
  {
    name: 'redirect twice',
    source: 'RFC 7208 §6',
    changes: { [BOUNCE]: ['v=spf1 redirect=_spf.relay.example redirect=_spf.relay.example'] },
    expect: ['spf/syntax'],
  },
  {
    name: 'an included record with a fault of its own',
    source: 'RFC 7208 §5.2',
    changes: { '_spf.relay.example TXT': ['v=spf1 ip4:192.0.2.0/33 -all'] },
    expect: ['spf/syntax'],
  },
  {
    name: 'an include of a domain without a record',
    source: 'RFC 7208 §5.2',
    changes: { [BOUNCE]: ['v=spf1 ip4:192.0.2.0/24 include:nothing.example.net -all'] },
    expect: ['spf/include-missing'],
  },
  {
    name: 'everybody may send',
    source: 'RFC 7208 §5.1',
    changes: { [BOUNCE]: ['v=spf1 include:_spf.relay.example +all'] },
    expect: ['spf/open'],
  },
  {
    name: 'everybody may send, by having no sign',
    source: 'RFC 7208 §4.6.2',
    changes: { [BOUNCE]: ['v=spf1 include:_spf.relay.example all'] },
    expect: ['spf/open'],
  },
  {
    name: 'no end',
    source: 'RFC 7208 §4.7',
    changes: { [BOUNCE]: ['v=spf1 include:_spf.relay.example'] },
    expect: ['spf/endless'],
  },
  {
    name: 'ptr',
    source: 'RFC 7208 §5.5',
    changes: { [BOUNCE]: ['v=spf1 include:_spf.relay.example ptr -all'] },
    expect: ['spf/ptr'],
  },
  {
    name: 'another server than ours',
    source: 'RFC 7208 §2.4',
    changes: { [BOUNCE]: ['v=spf1 ip4:198.51.100.0/24 -all'] },
    expect: ['spf/relay-unsure'],
  },
  {
    name: 'a relay that is known, and not there',
    source: 'https://support.google.com/a/answer/33786',
    smtpHost: 'smtp-relay.gmail.com',
    changes: { [BOUNCE]: ['v=spf1 ip4:198.51.100.0/24 -all'] },
    expect: ['spf/relay-missing'],
  },
  {
    name: 'a relay that is known, and half of it there',
    source: 'https://support.google.com/a/answer/33786',
    smtpHost: 'smtp-relay.gmail.com',
    changes: {
      [BOUNCE]: ['v=spf1 ip4:198.51.100.0/24 -all'],
      '_spf.google.com TXT': ['v=spf1 ip4:198.51.100.0/25 ip4:203.0.113.0/24 ~all'],
    },
    expect: ['spf/relay-missing'],
  },
  {
    name: 'SERVFAIL',
    source: 'RFC 7208 §4.4',
    changes: { [BOUNCE]: 'SERVFAIL' },
    expect: ['spf/unanswered'],
  },
  {
    name: 'silence',
    source: 'RFC 7208 §4.4',
    changes: { [BOUNCE]: 'silence' },
    expect: ['spf/unanswered'],
  },
  {
    name: 'an included server that does not answer',
    source: 'RFC 7208 §5.2',
    changes: { '_spf.relay.example TXT': 'SERVFAIL' },
    expect: ['spf/unanswered'],
  },
]
