/** Each command once as a shell starts it: bin/letterpress.js in a process of its own. `dev`, `serve`: see their tests. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { spawnCli } from '../helpers/cli.ts'
import { makeNewsletter } from '../helpers/newsletter.ts'
import { startScript } from '../helpers/smtp-script.ts'
import { makeSending } from './send-make.ts'

type Step = readonly [args: readonly string[], words: string]

async function walk(root: string, steps: readonly Step[], env: Readonly<Record<string, string>> = {}): Promise<void> {
  for (const [args, words] of steps) {
    const { code, stdout, stderr } = await spawnCli(root, args, env)
    expect(stdout + stderr, args.join(' ')).toContain(words)
    expect(code, args.join(' ')).toBe(0)
  }
}

test('a newsletter, its issues and its list', { timeout: 120_000 }, async () => {
  const parent = makeNewsletter({})
  const root = join(parent, 'letter')
  await walk(parent, [[['init', 'letter'], 'letterpress.config.ts']])
  await walk(root, [
    [['new', 'second'], 'second'],
    [['check'], 'no problems'],
    [['build'], 'dist'],
    [['subscribers', 'add', 'ada@example.com'], 'ada@example.com'],
    [['subscribers', 'show', 'ada@example.com'], 'active'],
    [['subscribers', 'remove', 'ada@example.com'], 'Removed'],
    [['subscribers', 'list'], '1 unsubscribed'],
    [['--quiet', 'demo', '--once'], 'looked into'],
  ])
  expect(existsSync(join(root, 'dist'))).toBe(true)
})

test('a test, a send and its levers', { timeout: 120_000 }, async () => {
  const server = await startScript({ rcpt: ['250 ok', '250 ok', '554 5.7.1 not now', '250 ok'] })
  const sending = await makeSending(3, server.port)
  const steps: readonly Step[] = [
    [['test', 'good', '--to', 'me@example.com'], 'me@example.com'],
    [['plan', 'good'], '3'],
    [['send', 'good', '--yes'], '2 accepted, 1 failed of 3'],
    [['retry', 'good'], 'finished: 3 accepted'],
    [['status', 'good'], 'finished: 3 accepted'],
    [['pause', 'good'], 'finished'],
    [['resume', 'good'], 'finished'],
    [['cancel', 'good', '--yes'], 'finished'],
  ]
  await walk(sending.root, steps, sending.env)
  expect(server.messages).toHaveLength(4)
})
