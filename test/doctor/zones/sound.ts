import { RSA_PUBLIC } from '../keys.ts'
import { type Case, BOUNCE, dkim, each, many, POLICY, S1, SPF } from './case.ts'

/** Zones with nothing to complain of. */
export const SOUND_CASES: readonly Case[] = [
  { name: 'as docs/dkim.md says', source: 'RFC 7208, 6376, 9989', changes: {}, expect: [] },
  {
    name: 'a policy that only watches',
    source: 'RFC 9989 §4.7',
    changes: { [POLICY]: ['v=DMARC1; p=none; rua=mailto:dmarc@example.com'] },
    expect: [],
  },
  {
    name: 'blanks, capitals and unknown tags',
    source: 'RFC 9989 §4.7, RFC 6376 §3.2',
    changes: {
      [POLICY]: [
        ' v = DMARC1 ;p = Reject; fo=1; new=tag; rua = mailto:dmarc@example.com!10m , mailto:two@example.com ;',
      ],
      [S1]: [` v=DKIM1 ; k = rsa; n=a note; p = ${RSA_PUBLIC.slice(0, 40)} ${RSA_PUBLIC.slice(40)} ; `],
      [BOUNCE]: ['V=SPF1 INCLUDE:_spf.relay.example  -ALL'],
    },
    expect: [],
  },
  {
    name: 'the key by an alias, in three strings',
    source: 'RFC 6376 §3.6.2.2',
    changes: {
      [S1]: undefined,
      's1._domainkey.news.example.com CNAME': ['s1.keys.relay.example'],
      's1.keys.relay.example TXT': [`v=DKIM1;| p=${RSA_PUBLIC.slice(0, 100)}|${RSA_PUBLIC.slice(100)}`],
    },
    expect: [],
  },
  {
    name: 'a policy of one’s own, and one of the suffix above',
    source: 'RFC 9989 §4.10.2',
    changes: {
      '_dmarc.com TXT': ['v=DMARC1; p=reject; psd=y'],
      '_dmarc.news.example.com TXT': ['v=DMARC1; p=quarantine; np=reject; rua=mailto:dmarc@example.com'],
      [POLICY]: undefined,
      'news.example.com._report._dmarc.example.com TXT': ['v=DMARC1'],
    },
    expect: [],
  },
  {
    name: 'reports to somebody who asked for them',
    source: 'RFC 9990 §4',
    changes: {
      [POLICY]: ['v=DMARC1; p=reject; rua=mailto:in@reports.example.net'],
      'example.com._report._dmarc.reports.example.net TXT': ['v=DMARC1'],
    },
    expect: [],
  },
  {
    name: 'reports to somebody who takes everybody’s',
    source: 'RFC 9990 §4',
    changes: {
      [POLICY]: ['v=DMARC1; p=reject; rua=mailto:in@reports.example.net'],
      'example.com._report._dmarc.reports.example.net TXT': ['v=DMARC1; rua=mailto:all@reports.example.net'],
    },
    expect: [],
  },
  {
    name: 'ten lookups and two void ones',
    source: 'RFC 7208 §4.6.4',
    changes: {
      [BOUNCE]: [`v=spf1 ip4:192.0.2.0/24 a:no1.example.net a:no2.example.net ${many(8)} ~all`],
      ...each(8, 'v=spf1 ip4:198.51.100.1 -all'),
    },
    expect: [],
  },
  {
    name: 'the same record included twice is no loop',
    source: 'RFC 7208 §5.2',
    changes: {
      [BOUNCE]: ['v=spf1 include:x.example.net include:y.example.net -all'],
      'x.example.net TXT': ['v=spf1 include:_spf.relay.example -all'],
      'y.example.net TXT': ['v=spf1 include:_spf.relay.example -all'],
    },
    expect: [],
  },
  {
    name: 'redirect, and macros',
    source: 'RFC 7208 §6.1, §7',
    changes: {
      [BOUNCE]: ['v=spf1 exists:%{i}._spf.example.net redirect=_spf.relay.example'],
      '192.0.2.25._spf.example.net A': ['127.0.0.2'],
      'sub._spf.example.net A': ['127.0.0.2'],
    },
    expect: [],
  },
  {
    name: 'a relay that is known, by its include',
    source: 'https://support.google.com/a/answer/33786',
    smtpHost: 'smtp-relay.gmail.com',
    changes: {
      [BOUNCE]: ['v=spf1 include:_spf.google.com ~all'],
      '_spf.google.com TXT': ['v=spf1 ip4:198.51.100.0/24 ~all'],
    },
    expect: [],
  },
  {
    name: 'a relay that is known, by its networks',
    source: 'RFC 7208 §5.6',
    smtpHost: 'smtp-relay.gmail.com',
    changes: {
      [BOUNCE]: ['v=spf1 ip4:198.51.100.0/24 ip6:2001:db8:1::/48 ~all'],
      '_spf.google.com TXT': ['v=spf1 include:_netblocks.google.com ip6:2001:db8:1::/64 ~all'],
      '_netblocks.google.com TXT': ['v=spf1 ip4:198.51.100.0/25 ~all'],
    },
    expect: [],
  },
  {
    name: 'records that only TCP can carry',
    source: 'RFC 1035 §4.2.1, RFC 7766 §5',
    changes: {
      [`truncated ${S1}`]: [dkim(RSA_PUBLIC)],
      [S1]: undefined,
      [`truncated ${BOUNCE}`]: [SPF],
      [BOUNCE]: undefined,
    },
    expect: [],
  },
  {
    name: 'a relay that is not known, with addresses of its own for listening',
    source: 'RFC 7208 §5.2',
    changes: {
      'smtp.relay.example A': ['203.0.113.5'],
      '_spf.relay.example TXT': ['v=spf1 ip4:198.51.100.0/24 -all'],
      'b.news.example.com MX': ['10 mx.relay.example'],
      'mx.relay.example A': ['203.0.113.6'],
    },
    expect: [],
  },
  {
    name: 'a server of one’s own',
    source: 'RFC 1912 §2.1',
    smtpHost: 'mx.example.com',
    changes: { [BOUNCE]: ['v=spf1 mx -all'] },
    expect: [],
  },
  {
    name: 'semicolons in a row',
    source: 'RFC 6376 §3.2',
    changes: { [POLICY]: ['v=DMARC1;; p=reject; rua=mailto:dmarc@example.com;;'] },
    expect: [],
  },
  {
    name: 'servers of IPv6',
    source: 'RFC 3596 §2.5',
    changes: {
      'smtp.relay.example A': undefined,
      'smtp.relay.example AAAA': ['2001:db8::25'],
      '_spf.relay.example TXT': ['v=spf1 ip6:2001:db8::/32 -all'],
      '5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa PTR': ['smtp.relay.example'],
    },
    expect: [],
  },
]
