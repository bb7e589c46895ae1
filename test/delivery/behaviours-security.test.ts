/** Servers that are not, or no longer, to be trusted with a password: what becomes of it, and what was on the wire. */
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { makeCertificate } from '../helpers/certificate.ts'
import type { ScriptedServer } from '../helpers/smtp-script.ts'
import { type Behaving, expectBehaviour } from './behave.ts'

type Rows = readonly (readonly [what: string, row: Behaving])[]

const LOGIN = 'ada:secret'
const [from, to] = [new Date('2020-01-01'), new Date('2021-01-01')]

function expectNoSecret({ commands, messages }: ScriptedServer): void {
  expect(commands.filter((line) => /^(?:AUTH|MAIL|RCPT|DATA)/.test(line))).toEqual([])
  expect(messages).toEqual([])
}

const ALLOWED: Rows = [
  [
    'refuses the login: one try, and no message',
    {
      script: { extensions: ['AUTH PLAIN'], auth: '535 5.7.8 wrong' },
      login: LOGIN,
      connections: 3,
      counts: { pending: 3 },
      attempts: ['- server login 535 5.7.8: 535 5.7.8 wrong'],
      end: { kind: 'server' },
      seen: ({ commands }) => {
        expect(commands.filter((line) => line.startsWith('AUTH'))).toHaveLength(1)
        expect(commands.filter((line) => line.startsWith('MAIL'))).toEqual([])
      },
    },
  ],
  [
    'offers no login any more, and wants one',
    {
      script: { mail: '530 5.7.0 log in first' },
      login: LOGIN,
      counts: { pending: 3 },
      attempts: ['- server login 530 5.7.0: 530 5.7.0 log in first'],
      end: { kind: 'server' },
      seen: ({ commands }) => expect(commands.join('\n')).not.toMatch(/AUTH|c2VjcmV0/),
    },
  ],
  [
    'cannot check the login just now',
    {
      script: { extensions: ['AUTH PLAIN'], auth: ['454 4.7.0 Temporary authentication failure', '235 welcome'] },
      login: LOGIN,
      attempts: ['- server busy 454 4.7.0: 454 4.7.0 Temporary authentication failure'],
      pauses: 1,
    },
  ],
  [
    'has no STARTTLS, or somebody took it away: no password, no address',
    {
      script: { extensions: ['AUTH PLAIN'] },
      login: LOGIN,
      isRemote: true,
      counts: { pending: 3 },
      attempts: [expect.stringMatching(/^- server tls/) as string],
      end: { kind: 'server' },
      seen: expectNoSecret,
    },
  ],
  [
    'refuses STARTTLS after having offered it',
    {
      script: { extensions: ['AUTH PLAIN', 'STARTTLS'] },
      login: LOGIN,
      isRemote: true,
      counts: { pending: 3 },
      attempts: [expect.stringMatching(/^- server tls/) as string],
      end: { kind: 'server' },
      seen: expectNoSecret,
    },
  ],
  [
    'has a certificate that nobody vouches for',
    {
      script: {
        extensions: ['AUTH PLAIN', 'STARTTLS'],
        tls: makeCertificate('0.0.0.0', from, new Date(Date.now() + 86_400_000)),
      },
      login: LOGIN,
      isRemote: true,
      counts: { pending: 3 },
      attempts: [expect.stringContaining('- server tls: self-signed certificate') as string],
      end: { kind: 'server' },
      seen: expectNoSecret,
    },
  ],
]

describe('a server that', () => {
  test.for(ALLOWED)('%s', async ([, row]) => {
    await expectBehaviour(row)
  })
})

/** Trusts a certificate until the test ends. */
function trust(cert: string): void {
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, cert])
  onTestFinished(() => setDefaultCACertificates(before))
}

test('a certificate that has expired stops the run before the password is sent', async () => {
  const certificate = makeCertificate('0.0.0.0', from, to)
  trust(certificate.cert)
  await expectBehaviour({
    script: { extensions: ['AUTH PLAIN', 'STARTTLS'], tls: certificate },
    login: LOGIN,
    isRemote: true,
    counts: { pending: 3 },
    attempts: ['- server tls: certificate has expired'],
    end: { kind: 'server' },
    seen: expectNoSecret,
  })
})

test('with a valid one the password and the messages go over TLS', async () => {
  const certificate = makeCertificate('0.0.0.0', from, new Date(Date.now() + 86_400_000))
  trust(certificate.cert)
  await expectBehaviour({
    script: { extensions: ['AUTH PLAIN', 'STARTTLS'], tls: certificate },
    login: LOGIN,
    isRemote: true,
    attempts: [],
    seen: ({ commands }) => {
      expect(commands.map((line) => line.slice(0, 4)).slice(0, 5)).toEqual(['EHLO', 'STAR', 'EHLO', 'AUTH', 'MAIL'])
    },
  })
})
