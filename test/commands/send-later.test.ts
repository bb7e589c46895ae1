import { expect, test } from 'vitest'
import { startScript } from '../helpers/smtp-script.ts'
import { makeSending } from './send-make.ts'

test.for<[name: string, reply: string, words: RegExp]>([
  ['a quota that is used up', '454 Throttling failure: Daily message quota exceeded.', /quota exceeded/],
  [
    'a server that wants less for longer than the wait',
    '454 4.7.0 Throttling failure: Maximum sending rate exceeded',
    /rate exceeded/,
  ],
])('%s leaves the send incomplete: exit 3, and when it may go on', { timeout: 60_000 }, async ([, reply, words]) => {
  const server = await startScript({ dot: ['250 ok', reply] })
  const sending = await makeSending(5, server.port)
  const env = { LETTERPRESS_SMTP_CONNECTIONS: '1' }
  const { code, stderr } = await sending.run(['send', 'good', '--yes', '--wait', '1m'], env)
  expect(code).toBe(3)
  expect(stderr).toMatch(words)
  expect(stderr).toMatch(/It may take the rest from \d{4}-\d\d-\d\dT/)
  expect(await sending.status()).toMatchObject({ state: 'incomplete', accepted: 1, pending: 4, failed: 0, deferred: 0 })
})
