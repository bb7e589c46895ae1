import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import type { Statement } from '../../src/doctor/index.ts'
import { makeCertificate } from '../helpers/certificate.ts'
import { makeFolder } from '../helpers/folder.ts'
import { drop, type ScriptedServer, type SmtpScript, startScript } from '../helpers/smtp-script.ts'
import { makeNewsletter, makeServices } from './make.ts'
import { listFaults, runProbe } from './probe-make.ts'

/** Leads here and is not one of this machine's names, so the rule for the rest of the world holds. */
const ELSEWHERE = '0.0.0.0'
const PASSWORD = 'hunter2-and-more'
const EXTENSIONS = ['STARTTLS', 'AUTH PLAIN LOGIN', 'SIZE 1000', 'SMTPUTF8', 'PIPELINING', '8BITMIME']
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000)
const good = makeCertificate(ELSEWHERE, day(-1), day(60))

function trust(cert: string): void {
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, cert])
  onTestFinished(() => setDefaultCACertificates(before))
}

interface Asked {
  readonly probe?: string
  readonly scheme?: 'smtp' | 'smtps'
  readonly login?: string
  readonly messageBytes?: number
}

async function ask(
  server: ScriptedServer,
  { probe = 'smtp', scheme = 'smtp', login = `ada:${PASSWORD}@`, messageBytes = 10 }: Asked = {},
): Promise<readonly Statement[]> {
  const root = makeFolder()
  const url = `${scheme}://${login}${ELSEWHERE}:${server.port}`
  const largest = { issue: 'good', message: { raw: Buffer.alloc(messageBytes, 'x') } }
  return await runProbe(probe, root, {
    newsletter: { ...makeNewsletter(), smtp: { url, connections: 1, timeoutMs: 1000 } },
    services: makeServices(root, { largestMessage: async () => await Promise.resolve(largest) }),
  })
}

const script = (own: SmtpScript): SmtpScript => ({ extensions: EXTENSIONS, ...own })

test.for([
  ['that has expired', makeCertificate(ELSEWHERE, day(-9), day(-1)), true, 'expired'],
  ['that is not valid yet', makeCertificate(ELSEWHERE, day(1), day(9)), true, 'expired'],
  ['for another host', makeCertificate('192.0.2.1', day(-1), day(1)), true, 'wrong-name'],
  ['that nobody vouches for', good, false, 'untrusted'],
] as const)('tells of a certificate %s, and gives it no login', async ([, certificate, isTrusted, fault]) => {
  if (isTrusted) trust(certificate.cert)
  for (const [scheme, fromFirstByte] of [
    ['smtps', true],
    ['smtp', false],
  ] as const) {
    const server = await startScript(script({ tls: { ...certificate, fromFirstByte } }))
    expect(listFaults(await ask(server, { scheme }))).toEqual([`problem smtp/${fault}`])
    expect(server.commands.join('\n')).not.toMatch(/AUTH|MAIL/)
  }
})

test.for([
  ['STARTTLS is not offered', { extensions: ['AUTH PLAIN'] }, 'stripped'],
  ['STARTTLS is put off', { starttls: '454 4.7.0 TLS not available', tls: good }, 'stripped'],
  ['the greeting refuses', { greeting: '554 5.7.1 not you' }, 'busy'],
  ['the connection is dropped', { greeting: drop }, 'unreachable'],
  ['the login is refused', { tls: good, auth: '535 5.7.8 wrong' }, 'login'],
] as readonly (readonly [string, SmtpScript, string])[])('tells when %s', async ([, own, fault]) => {
  trust(good.cert)
  const statements = await ask(await startScript(script(own)))
  expect(listFaults(statements)).toEqual([`problem smtp/${fault}`])
  expect(JSON.stringify(statements)).not.toContain(PASSWORD)
})

test('tells when nobody listens', async () => {
  const server = { port: 1 } as ScriptedServer
  expect(listFaults(await ask(server))).toEqual(['problem smtp/unreachable'])
})

test('a sound server takes the login, and nothing is sent', async () => {
  trust(good.cert)
  const server = await startScript(script({ tls: good }))
  const statements = await ask(server)
  expect(listFaults(statements)).toEqual([])
  expect(statements.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^0\.0\.0\.0:\d+ answers, with TLSv1\.3\.$/),
    'It takes the login.',
  ])
  expect(server.commands.join('\n')).not.toMatch(/MAIL|RCPT|DATA/)
})

test('a server that offers no login where one is set', async () => {
  trust(good.cert)
  const server = await startScript(script({ tls: good, extensions: ['STARTTLS'] }))
  expect(listFaults(await ask(server))).toEqual(['warning smtp/no-login'])
  const open = await startScript(script({ tls: good, extensions: ['STARTTLS'] }))
  expect(listFaults(await ask(open, { login: '' }))).toEqual([])
})

test('warns of a certificate that ends soon', async () => {
  const short = makeCertificate(ELSEWHERE, day(-1), day(5))
  trust(short.cert)
  const soon = await ask(await startScript(script({ tls: short })), { probe: 'smtp-certificate' })
  expect(listFaults(soon)).toEqual(['warning smtp-certificate/ends-soon'])
  expect(soon[0]?.message).toContain('4 days more')
  trust(good.cert)
  const fine = await ask(await startScript(script({ tls: good })), { probe: 'smtp-certificate' })
  expect(listFaults(fine)).toEqual([])
})

test('weighs the largest message against SIZE', async () => {
  trust(good.cert)
  const server = await startScript(script({ tls: good }))
  expect(listFaults(await ask(server, { probe: 'smtp-extensions', messageBytes: 1000 }))).toEqual([])
  const large = await ask(server, { probe: 'smtp-extensions', messageBytes: 1001 })
  expect(listFaults(large)).toEqual(['problem smtp-extensions/too-large'])
  expect(large[0]?.message).toContain('has 1,001 bytes')
})

test('notes what a server does not offer', async () => {
  trust(good.cert)
  const server = await startScript(script({ tls: good, extensions: ['STARTTLS', 'AUTH PLAIN'] }))
  expect(listFaults(await ask(server, { probe: 'smtp-extensions' }))).toEqual([
    'note smtp-extensions/no-smtputf8',
    'note smtp-extensions/no-pipelining',
  ])
})

test('without a server', async () => {
  const newsletter = { ...makeNewsletter(), smtp: undefined }
  expect(listFaults(await runProbe('smtp', makeFolder(), { newsletter }))).toEqual(['warning smtp/none'])
})
