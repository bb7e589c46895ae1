import { expect, test } from 'vitest'
import { startScript } from '../helpers/smtp-script.ts'
import { expectNobodyTwice, makeSending } from './send-make.ts'

const BUSY = '421 4.3.0 temporary system problem'
const ENV = { LETTERPRESS_SMTP_CONNECTIONS: '1', LETTERPRESS_RETRY_RECONNECTS: '3' }

test('one reader whom the server always answers with 421 keeps nobody else waiting, and is named by id', async () => {
  const server = await startScript({
    rcpt: (recipient) => (recipient === 'reader-1@example.com' ? BUSY : undefined),
  })
  const sending = await makeSending(30, server.port)
  for (let start = 1; start <= 2; start++) {
    const sent = await sending.run(['send', 'good', '--yes'], ENV)
    expect(sent.code).toBe(3)
    expect(sent.stdout).toContain('29 accepted, 1 pending of 30')
    expect(sent.stderr).toContain(`Only 1 reader is still pending`)
    expect(sent.stderr).toContain(`breaks off when it hears of this one: ${BUSY}`)
    expect(sent.stderr).toContain('It is r1; ')
    expect(sent.stderr).not.toMatch(/reader-1@|refuses or is away/)
  }
  expect(server.taken).toHaveLength(29)
  expectNobodyTwice(server)
  const who = await sending.run(['status', 'good', '--who', 'pending', '--csv'])
  expect(who.stdout).toMatch(/reader-1@example\.com,pending,0,.*broken-off/)
}, 60_000)
