import { type Case } from './case.ts'

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
    smtpHost: 'smtp.example.com',
    changes: {
      'smtp.example.com A': ['192.0.2.25'],
      '25.2.0.192.in-addr.arpa PTR': undefined,
    },
    expect: ['reverse/missing'],
  },
  {
    name: 'a PTR that leads elsewhere',
    source: 'RFC 1912 §2.1',
    smtpHost: 'smtp.example.com',
    changes: {
      'smtp.example.com A': ['192.0.2.25'],
      '25.2.0.192.in-addr.arpa PTR': ['host.example.net'],
      'host.example.net A': ['198.51.100.1'],
    },
    expect: ['reverse/mismatch'],
  },
  {
    name: 'a PTR to a name that there is not',
    source: 'RFC 1912 §2.1',
    smtpHost: 'smtp.example.com',
    changes: {
      'smtp.example.com A': ['192.0.2.25'],
      '25.2.0.192.in-addr.arpa PTR': ['gone.example.net'],
    },
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
