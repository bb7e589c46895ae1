import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openSmtp } from '../../src/transport/index.ts'
import { makeCertificate } from '../helpers/certificate.ts'
import { drop, hang, type ScriptedServer, type SmtpScript, startScript } from '../helpers/smtp-script.ts'
import { makeMessage } from './make.ts'

/** Leads here and is not one of this machine's names, so the rule for the rest of the world holds. */
const ELSEWHERE = '0.0.0.0'
const PASSWORD = 'hunter2-and-more'
const AUTH = 'AUTH PLAIN LOGIN'
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000)
const good = makeCertificate(ELSEWHERE, day(-1), day(1))

function trust(cert: string): void {
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, cert])
  onTestFinished(() => setDefaultCACertificates(before))
}

async function sendTo(server: ScriptedServer, scheme: 'smtp' | 'smtps') {
  const url = `${scheme}://ada:${PASSWORD}@${ELSEWHERE}:${server.port}`
  const transport = openSmtp({ url, connections: 1, timeoutMs: 1000 })
  const attempt = await transport.send(makeMessage())
  await transport.close()
  return attempt
}

/** Neither the password in any form nor a message came. */
function expectNothingTold({ commands, messages }: ScriptedServer): void {
  const told = commands.join('\n')
  expect(told).not.toContain(PASSWORD)
  expect(told).not.toContain(Buffer.from(PASSWORD).toString('base64'))
  expect(told).not.toMatch(/AUTH|MAIL|RCPT/)
  expect(messages).toEqual([])
}

const script = (own: SmtpScript): SmtpScript => ({ extensions: ['STARTTLS', AUTH], ...own })

test.for([
  ['smtps', true],
  ['smtp', false],
] as const)('a server with the right certificate gets login and message over %s', async ([scheme, fromFirstByte]) => {
  trust(good.cert)
  const server = await startScript(
    script({ tls: { ...good, fromFirstByte }, ...(fromFirstByte ? { extensions: [AUTH] } : {}) }),
  )
  expect(await sendTo(server, scheme)).toMatchObject({ kind: 'accepted' })
  expect(server.commands.filter((line) => line.startsWith('AUTH'))).toHaveLength(1)
  expect(server.messages).toHaveLength(1)
})

describe('neither login nor message goes to a certificate', () => {
  test.for([
    ['that has expired', makeCertificate(ELSEWHERE, day(-9), day(-1)), true, 'certificate has expired'],
    ['that is not valid yet', makeCertificate(ELSEWHERE, day(1), day(9)), true, 'not yet valid'],
    ['for another host', makeCertificate('192.0.2.1', day(-1), day(1)), true, 'does not match'],
    ['that nobody vouches for', good, false, 'self-signed'],
  ] as const)('%s', async ([, certificate, isTrusted, words]) => {
    if (isTrusted) trust(certificate.cert)
    for (const [scheme, fromFirstByte] of [
      ['smtps', true],
      ['smtp', false],
    ] as const) {
      const server = await startScript(script({ tls: { ...certificate, fromFirstByte } }))
      const attempt = await sendTo(server, scheme)
      expect(attempt).toMatchObject({ kind: 'server', fault: 'tls' })
      expect(attempt.text).toContain(words)
      expectNothingTold(server)
    }
  })
})

describe('no word of login or message goes out in clear when STARTTLS', () => {
  test.for([
    ['is not offered', { extensions: [AUTH] }, 'tls'],
    ['is offered and not there', { extensions: ['STARTTLS', AUTH] }, 'tls'],
    ['is put off', { starttls: '454 4.7.0 TLS not available', tls: good }, 'tls'],
    ['loses the connection', { starttls: drop, tls: good }, 'connection'],
    ['loses the connection after its reply', { starttls: { reply: '220 go', hangUp: true }, tls: good }, 'connection'],
    ['is answered with nonsense', { starttls: 'hello', tls: good }, 'tls'],
    ['is taken and no handshake follows', { starttls: '299 go', tls: good }, 'connection'],
    ['cannot be asked for, EHLO being unknown', { ehlo: ['502 what', '250 script'] }, 'tls'],
    ['is never answered', { starttls: hang, tls: good }, 'connection'],
  ] as readonly (readonly [string, SmtpScript, string])[])('%s', async ([, own, fault]) => {
    trust(good.cert)
    const server = await startScript(script(own))
    expect(await sendTo(server, 'smtp')).toMatchObject({ kind: 'server', fault })
    expectNothingTold(server)
  })
})

test('what came in clear after the reply to STARTTLS is forgotten (RFC 3207 §6)', async () => {
  trust(good.cert)
  const injected = '220 go\r\n250-evil\r\n250-AUTH LOGIN\r\n250 SIZE 1'
  const server = await startScript(script({ tls: good, starttls: injected }))
  expect(await sendTo(server, 'smtp')).toMatchObject({ kind: 'accepted' })
  expect(server.commands.filter((line) => line.startsWith('EHLO'))).toHaveLength(2)
  expect(server.messages).toHaveLength(1)
})
