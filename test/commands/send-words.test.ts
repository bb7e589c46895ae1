import { expect, test } from 'vitest'
import { send } from '../../src/commands/send.ts'
import { status } from '../../src/commands/status.ts'
import { startScript } from '../helpers/smtp-script.ts'
import { makeSending, runAsked } from './send-make.ts'

const nobody = () => undefined

test('a server’s long words are short on the terminal, and whole for programs', async () => {
  const reply = `550 5.7.1 ${'see the policy '.repeat(400)}end`
  const server = await startScript({ rcpt: ['250 ok', reply, '250 ok'], mail: ['250 ok', '250 ok', reply] })
  const made = await makeSending(3, server.port)
  const sending = { ...made, env: { ...made.env, LETTERPRESS_SMTP_CONNECTIONS: '1' } }
  const sent = await runAsked(sending, send, { yes: true }, nobody)
  expect(sent.stderr).toMatch(/refuses or is away: .*see the policy.*…$/m)
  expect(sent.stderr.length).toBeLessThan(1500)
  const shown = await runAsked(sending, status, { attempts: true }, nobody)
  expect(shown.stdout).toMatch(/see the policy.*…$/m)
  expect(shown.stdout.length).toBeLessThan(2500)
  expect((await runAsked(sending, status, { attempts: true, csv: true }, nobody)).stdout).toContain(reply)
  expect((await runAsked(sending, status, { attempts: true }, nobody, { json: true })).stdout).toContain(reply)
}, 60_000)
