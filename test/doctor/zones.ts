import type { Zone } from '../helpers/dns-server.ts'
import { ED25519_PUBLIC, OTHER_PUBLIC, RSA_PUBLIC, WEAK_PUBLIC } from './keys.ts'

/** What the newsletter of a zone says, where it is not the usual one. */
export interface Differences {
  readonly from?: string
  readonly dkimDomain?: string
  readonly bounces?: string
  readonly smtpHost?: string
}

/** A zone with what is wrong in it: exactly that, as `probe/fault`. */
export interface Case extends Differences {
  readonly name: string
  readonly source: string
  /** Over those of the sound zone; undefined takes one away. */
  readonly changes: Readonly<Record<string, Zone[string] | undefined>>
  readonly expect: readonly string[]
}

const SPF = 'v=spf1 include:_spf.relay.example -all'
const dkim = (key: string) => `v=DKIM1; k=rsa; p=${key}`
const BOUNCE = 'b.news.example.com TXT'
const S1 = 's1._domainkey.news.example.com TXT'
const E1 = 'e1._domainkey.news.example.com TXT'
const POLICY = '_dmarc.example.com TXT'

/** ada@news.example.com, signed by news.example.com, bounces to b.news.example.com, over smtp.relay.example. */
export const SOUND: Zone = {
  'news.example.com TXT': [SPF],
  [BOUNCE]: [SPF],
  'b.news.example.com MX': ['10 mx.example.com'],
  'mx.example.com A': ['192.0.2.10'],
  '10.2.0.192.in-addr.arpa PTR': ['mx.example.com'],
  '_spf.relay.example TXT': ['v=spf1 ip4:192.0.2.0/24 -all'],
  'smtp.relay.example A': ['192.0.2.25'],
  '25.2.0.192.in-addr.arpa PTR': ['smtp.relay.example'],
  [S1]: [`v=DKIM1; k=rsa; p=${RSA_PUBLIC.slice(0, 200)}|${RSA_PUBLIC.slice(200)}`],
  [E1]: [`v=DKIM1; k=ed25519; p=${ED25519_PUBLIC}`],
  [POLICY]: ['v=DMARC1; p=reject; rua=mailto:dmarc@example.com'],
}

const many = (count: number) => Array.from({ length: count }, (_, at) => `include:s${at}.example.net`).join(' ')
const each = (count: number, text: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`s${at}.example.net TXT`, [text]]))

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

export const DKIM_CASES: readonly Case[] = [
  { name: 'no record', source: 'RFC 6376 §6.1.2', changes: { [S1]: undefined }, expect: ['dkim/missing'] },
  {
    name: 'the second key is not published',
    source: 'RFC 6376 §6.1.2',
    changes: { [E1]: undefined },
    expect: ['dkim/missing'],
  },
  {
    name: 'another key',
    source: 'RFC 6376 §6.1.2',
    changes: { [S1]: [dkim(OTHER_PUBLIC)] },
    expect: ['dkim/other-key'],
  },
  { name: 'revoked', source: 'RFC 6376 §3.6.1', changes: { [S1]: ['v=DKIM1; k=rsa; p='] }, expect: ['dkim/revoked'] },
  {
    name: 'short',
    source: 'RFC 8301 §3.2',
    changes: { [S1]: [dkim(WEAK_PUBLIC)] },
    expect: ['dkim/weak'],
  },
  {
    name: 'k= of the other algorithm',
    source: 'RFC 8463 §4',
    changes: { [S1]: [`v=DKIM1; k=ed25519; p=${RSA_PUBLIC}`] },
    expect: ['dkim/type'],
  },
  {
    name: 'k= left out for Ed25519 means rsa',
    source: 'RFC 6376 §3.6.1',
    changes: { [E1]: [`v=DKIM1; p=${ED25519_PUBLIC}`] },
    expect: ['dkim/type'],
  },
  {
    name: 'no p=',
    source: 'RFC 6376 §3.6.1',
    changes: { [S1]: ['v=DKIM1; k=rsa'] },
    expect: ['dkim/syntax'],
  },
  {
    name: 'a version that does not stand first',
    source: 'RFC 6376 §3.6.1',
    changes: { [S1]: [`k=rsa; v=DKIM1; p=${RSA_PUBLIC}`] },
    expect: ['dkim/syntax'],
  },
  {
    name: 'quotes that a control panel took for text',
    source: 'RFC 6376 §3.2',
    changes: { [S1]: [`"v=DKIM1; k=rsa; p=${RSA_PUBLIC}"`] },
    expect: ['dkim/syntax'],
  },
  {
    name: 'p= that is no base64',
    source: 'RFC 6376 §3.6.1',
    changes: { [S1]: [`v=DKIM1; k=rsa; p=${RSA_PUBLIC.slice(0, 80)}*`] },
    expect: ['dkim/syntax'],
  },
  {
    name: 'a key that was cut off',
    source: 'RFC 6376 §3.6.2.2',
    changes: { [S1]: [dkim(RSA_PUBLIC.slice(0, 200))] },
    expect: ['dkim/syntax'],
  },
  {
    name: 'two records',
    source: 'RFC 6376 §3.6.2.2',
    changes: { [S1]: [dkim(RSA_PUBLIC), dkim(OTHER_PUBLIC)] },
    expect: ['dkim/several'],
  },
  {
    name: 'a test',
    source: 'RFC 6376 §3.6.1',
    changes: { [S1]: [`v=DKIM1; k=rsa; t=y; p=${RSA_PUBLIC}`] },
    expect: ['dkim/testing'],
  },
  {
    name: 'SHA-1 alone',
    source: 'RFC 6376 §3.6.1, RFC 8301 §3.1',
    changes: { [S1]: [`v=DKIM1; h=sha1; k=rsa; p=${RSA_PUBLIC}`] },
    expect: ['dkim/hash'],
  },
  {
    name: 'not for mail',
    source: 'RFC 6376 §3.6.1',
    changes: { [S1]: [`v=DKIM1; s=tlsrpt; k=rsa; p=${RSA_PUBLIC}`] },
    expect: ['dkim/service'],
  },
  {
    name: 'an alias that leads nowhere',
    source: 'RFC 1034 §3.6.2',
    changes: { [S1]: undefined, 's1._domainkey.news.example.com CNAME': ['s1.keys.example.net'] },
    expect: ['dkim/alias'],
  },
  { name: 'SERVFAIL', source: 'RFC 6376 §6.1.2', changes: { [S1]: 'SERVFAIL' }, expect: ['dkim/unanswered'] },
  { name: 'a refusal', source: 'RFC 6376 §6.1.2', changes: { [S1]: 'REFUSED' }, expect: ['dkim/unanswered'] },
]

export const DMARC_CASES: readonly Case[] = [
  { name: 'no record', source: 'RFC 9989 §4.10.1', changes: { [POLICY]: undefined }, expect: ['dmarc/missing'] },
  {
    name: 'a record that is none',
    source: 'RFC 9989 §4.7',
    changes: { [POLICY]: ['p=reject; v=DMARC1'] },
    expect: ['dmarc/missing'],
  },
  {
    name: 'dmarc1 in small letters',
    source: 'RFC 9989 §4.7',
    changes: { [POLICY]: ['v=dmarc1; p=reject'] },
    expect: ['dmarc/missing'],
  },
  {
    name: 'two records',
    source: 'RFC 9989 §4.10',
    changes: { [POLICY]: ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] },
    expect: ['dmarc/several'],
  },
  {
    name: 'no policy, and nowhere to report to',
    source: 'RFC 9989 §4.10.1',
    changes: { [POLICY]: ['v=DMARC1; adkim=r'] },
    expect: ['dmarc/no-policy'],
  },
  {
    name: 'no policy, with reports',
    source: 'RFC 9989 §4.10.1',
    changes: { [POLICY]: ['v=DMARC1; rua=mailto:dmarc@example.com'] },
    expect: ['dmarc/no-policy'],
  },
  {
    name: 'a policy that there is not',
    source: 'RFC 9989 §4.7',
    changes: { [POLICY]: ['v=DMARC1; p=block; rua=mailto:dmarc@example.com'] },
    expect: ['dmarc/no-policy'],
  },
  {
    name: 'a tag twice',
    source: 'RFC 9989 §4.7, RFC 6376 §3.2',
    changes: { [POLICY]: ['v=DMARC1; p=reject; p=none; rua=mailto:dmarc@example.com'] },
    expect: ['dmarc/syntax'],
  },
  {
    name: 'pct, rf and ri',
    source: 'RFC 9989 §9.3',
    changes: { [POLICY]: ['v=DMARC1; p=reject; pct=50; rf=afrf; ri=86400; rua=mailto:dmarc@example.com'] },
    expect: ['dmarc/removed-tags'],
  },
  {
    name: 'a test',
    source: 'RFC 9989 §4.7',
    changes: { [POLICY]: ['v=DMARC1; p=reject; t=y; rua=mailto:dmarc@example.com'] },
    expect: ['dmarc/testing'],
  },
  {
    name: 'reports to somebody who did not ask for them',
    source: 'RFC 9990',
    changes: { [POLICY]: ['v=DMARC1; p=reject; rua=mailto:in@reports.example.net'] },
    expect: ['dmarc-reports/not-authorised'],
  },
  {
    name: 'reports to an address without mailto:',
    source: 'RFC 9989 §4.7',
    changes: { [POLICY]: ['v=DMARC1; p=reject; rua=dmarc@example.com'] },
    expect: ['dmarc-reports/no-uri'],
  },
  {
    name: 'bounces and signatures of another domain',
    source: 'RFC 9989 §4.4',
    dkimDomain: 'relay.example',
    bounces: 'b.relay.example',
    changes: {
      'b.relay.example TXT': [SPF],
      'b.relay.example MX': ['10 mx.example.com'],
      's1._domainkey.relay.example TXT': [dkim(RSA_PUBLIC)],
      'e1._domainkey.relay.example TXT': [`v=DKIM1; k=ed25519; p=${ED25519_PUBLIC}`],
    },
    expect: ['alignment/none'],
  },
  {
    name: 'signatures of another domain',
    source: 'RFC 9989 §4.4.1',
    dkimDomain: 'relay.example',
    changes: {
      's1._domainkey.relay.example TXT': [dkim(RSA_PUBLIC)],
      'e1._domainkey.relay.example TXT': [`v=DKIM1; k=ed25519; p=${ED25519_PUBLIC}`],
    },
    expect: ['alignment/dkim'],
  },
  {
    name: 'bounces of another domain',
    source: 'RFC 9989 §4.4.2',
    bounces: 'b.relay.example',
    changes: { 'b.relay.example TXT': [SPF], 'b.relay.example MX': ['10 mx.example.com'] },
    expect: ['alignment/spf'],
  },
  {
    name: 'strict alignment with bounces below',
    source: 'RFC 9989 §4.4.2',
    changes: { [POLICY]: ['v=DMARC1; p=reject; aspf=s; rua=mailto:dmarc@example.com'] },
    expect: ['alignment/spf'],
  },
  {
    name: 'psd=n parts a domain from its parent',
    source: 'RFC 9989 §4.10.2',
    dkimDomain: 'example.com',
    changes: {
      '_dmarc.news.example.com TXT': ['v=DMARC1; p=reject; psd=n; rua=mailto:dmarc@example.com'],
      's1._domainkey.example.com TXT': [dkim(RSA_PUBLIC)],
      'e1._domainkey.example.com TXT': [`v=DKIM1; k=ed25519; p=${ED25519_PUBLIC}`],
      'news.example.com._report._dmarc.example.com TXT': ['v=DMARC1'],
    },
    expect: ['alignment/dkim'],
  },
  {
    name: 'SERVFAIL on the way up',
    source: 'RFC 9989 §4.10',
    changes: { [POLICY]: 'SERVFAIL' },
    expect: ['dmarc/unanswered'],
  },
]

export const BOUNCE_CASES: readonly Case[] = [
  {
    name: 'no MX',
    source: 'RFC 5321 §5.1',
    changes: { 'b.news.example.com MX': undefined },
    expect: ['bounces/no-mx'],
  },
  {
    name: 'no MX, but an address',
    source: 'RFC 5321 §5.1',
    changes: { 'b.news.example.com MX': undefined, 'b.news.example.com A': ['192.0.2.10'] },
    expect: ['bounces/implicit-mx'],
  },
  {
    name: 'a null MX',
    source: 'RFC 7505 §3',
    changes: { 'b.news.example.com MX': ['0 .'] },
    expect: ['bounces/null-mx'],
  },
  {
    name: 'an MX that is an alias',
    source: 'RFC 5321 §5.1, RFC 2181 §10.3',
    changes: { 'b.news.example.com MX': ['10 mail.example.com'], 'mail.example.com CNAME': ['mx.example.com'] },
    expect: ['bounces/mx-alias'],
  },
  {
    name: 'an MX without an address',
    source: 'RFC 5321 §5.1',
    changes: { 'b.news.example.com MX': ['10 gone.example.com'] },
    expect: ['bounces/mx-unknown'],
  },
  {
    name: 'an MX that is an address',
    source: 'RFC 1035 §3.3.9',
    changes: { 'b.news.example.com MX': ['10 192.0.2.10'] },
    expect: ['bounces/mx-unknown'],
  },
  {
    name: 'SERVFAIL',
    source: 'RFC 5321 §5.1',
    changes: { 'b.news.example.com MX': 'SERVFAIL' },
    expect: ['bounces/unanswered'],
  },
  {
    name: 'no PTR of the server that sends',
    source: 'RFC 1912 §2.1',
    changes: { '25.2.0.192.in-addr.arpa PTR': undefined },
    expect: ['reverse/missing'],
  },
  {
    name: 'a PTR that leads elsewhere',
    source: 'RFC 1912 §2.1',
    changes: { '25.2.0.192.in-addr.arpa PTR': ['host.example.net'], 'host.example.net A': ['198.51.100.1'] },
    expect: ['reverse/mismatch'],
  },
  {
    name: 'a PTR to a name that there is not',
    source: 'RFC 1912 §2.1',
    changes: { '25.2.0.192.in-addr.arpa PTR': ['gone.example.net'] },
    expect: ['reverse/mismatch'],
  },
  {
    name: 'no PTR of the server that takes bounces',
    source: 'RFC 1912 §2.1',
    changes: { '10.2.0.192.in-addr.arpa PTR': undefined },
    expect: ['reverse/missing-mx'],
  },
  {
    name: 'a server with a name that there is not',
    source: 'RFC 5321 §5.1',
    changes: { 'smtp.relay.example A': undefined },
    expect: ['spf/relay-unsure', 'reverse/no-address'],
  },
]

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
    source: 'RFC 9990',
    changes: {
      [POLICY]: ['v=DMARC1; p=reject; rua=mailto:in@reports.example.net'],
      'example.com._report._dmarc.reports.example.net TXT': ['v=DMARC1'],
    },
    expect: [],
  },
  {
    name: 'reports to somebody who takes everybody’s',
    source: 'RFC 9990',
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

export const FAULTY_CASES: readonly Case[] = [...SPF_CASES, ...DKIM_CASES, ...DMARC_CASES, ...BOUNCE_CASES]

/** The records of a case: the sound ones with its changes. */
export function zoneOf({ changes }: Case): Zone {
  const merged = Object.entries({ ...SOUND, ...changes })
  return Object.fromEntries(merged.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))
}
