import { ED25519_PUBLIC, OTHER_PUBLIC, RSA_PUBLIC, WEAK_PUBLIC } from '../keys.ts'
import { type Case, dkim, E1, S1 } from './case.ts'

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
