import { ED25519_PUBLIC, RSA_PUBLIC } from '../keys.ts'
import { type Case, dkim, POLICY, SPF } from './case.ts'

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
    name: 'something that is no tag',
    source: 'RFC 9989 §4.7',
    changes: { [POLICY]: ['v=DMARC1; p=reject; quarantine; rua=mailto:dmarc@example.com'] },
    expect: ['dmarc/stray'],
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
    source: 'RFC 9990 §4',
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
