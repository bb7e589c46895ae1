import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../../src/db/index.ts'
import { startScript } from '../helpers/smtp-script.ts'
import { ISSUE, makeSending, untilSent } from './send-make.ts'

test('tells the story of a run, what servers replied, and every attempt', async () => {
  const server = await startScript({ rcpt: ['250 ok', '554 5.7.1 =not now', '250 ok'] })
  const sending = await makeSending(3, server.port)
  await sending.run(['send', 'good', '--yes'], { LETTERPRESS_SMTP_CONNECTIONS: '1' })
  const text = await sending.run(['status', 'good', '--who', 'failed', '--attempts'])
  expect(text.code).toBe(0)
  expect(text.stdout).toMatch(/^good {2}finished: 2 accepted, 1 failed of 3/)
  expect(text.stdout).toMatch(/^ {2}replies {4}1 × 554 refused$/m)
  expect(text.stdout).toMatch(/^ {2}approved {3}.* {2}by flag$/m)
  expect(text.stdout).toMatch(/^ {2}reader +tries {2}when +reply$/m)
  expect(text.stdout).toMatch(/^ {2}reader-2@example\.com {2}1 {6}\S+ \S+ {2}554 5\.7\.1 =not now$/m)
  expect(text.stdout.split('\n').every((line) => line.length < 80)).toBe(true)
  const json = JSON.parse((await sending.run(['--json', 'status', 'good', '--attempts'])).stdout) as object
  expect(json).toMatchObject({
    state: 'finished',
    secondsLeft: null,
    runner: null,
    replies: [{ kind: 'permanent', code: 554, count: 1 }],
    story: [{ what: 'approved', how: 'flag', detail: null }],
    attempts: [{ email: 'reader-2@example.com', number: 1, kind: 'permanent', code: 554, enhancedCode: '5.7.1' }],
  })
  const csv = await sending.run(['status', 'good', '--attempts', '--csv'])
  expect(csv.stdout.split('\n')[0]).toBe('email,number,at,kind,fault,code,enhancedCode,reply')
  expect(csv.stdout.split('\n')[1]).toMatch(/^reader-2@example\.com,1,\S+,permanent,,554,5\.7\.1,554 5\.7\.1 =not now$/)
}, 60_000)

test('shows rate and time left while it is sent, follows it to the end, and waits for no writer', async () => {
  const server = await startScript({})
  const sending = await makeSending(180, server.port)
  const running = sending.start(['send', 'good', '--yes'], { LETTERPRESS_LIMITS_PER_SECOND: '30' })
  await untilSent(server, 20, running)
  const db = await openDatabase({ url: 'sqlite:data/letterpress.db', root: sending.root })
  const live = await db.transaction(async () => await sending.run(['--json', 'status', 'good']))
  await db.close()
  expect(live.code).toBe(0)
  expect(JSON.parse(live.stdout)).toMatchObject({
    state: 'sending',
    secondsLeft: expect.any(Number) as number,
    runner: { pid: running.pid },
  })
  expect((await sending.run(['status', 'good'])).stdout).toMatch(/^ {2}[█░]{24} \d+ %, \d+\.\d\/s, \d+ s left$/m)
  const watched = await sending.run(['status', 'good', '--watch'])
  expect(watched).toMatchObject({ code: 0, stdout: expect.stringContaining('finished: 180 accepted') as string })
  expect(watched.stderr).toContain('sending')
  expect(await running.code).toBe(0)
}, 60_000)

test('a plan counts readers by tag and names those who miss a value', async () => {
  const sending = await makeSending(6, undefined, {
    'issues/bare.md': ISSUE.replace(' | default: "there"', '').replace('title: Good', 'title: Bare'),
  })
  const db = await openDatabase({ url: 'sqlite:data/letterpress.db', root: sending.root })
  await db.run('UPDATE subscribers SET name = NULL WHERE key > 2')
  await db.close()
  const { stdout } = await sending.run(['--json', 'plan', 'bare'])
  const emails = [3, 4, 5, 6].map((number) => `reader-${number}@example.com`)
  expect(JSON.parse(stdout)).toMatchObject({
    byTag: { even: 3 },
    missing: [{ slot: 'subscriber.name', readers: 4, emails }],
  })
  const text = await sending.run(['plan', 'bare'])
  expect(text.stdout).toContain('by tag    even 3')
  expect(text.stdout).toContain('r…@example.com, r…@example.com, r…@example.com, and 1 more')
  expect(text.stdout).not.toContain('reader-3@')
}, 60_000)

test('an issue that looks like one whose file is gone is refused without a word', async () => {
  const server = await startScript({})
  const sending = await makeSending(2, server.port)
  await sending.run(['send', 'good', '--yes'])
  const renamed = join(sending.root, 'issues/renamed.md')
  writeFileSync(renamed, ISSUE.replace('Text.', 'Text, with a slip mended.'))
  await sending.run(['test', 'renamed', '--to', 'me@example.com'])
  const before = server.messages.length
  // With the old file there it is an issue of its own.
  expect((await sending.run(['plan', 'renamed'])).stdout).not.toContain('It looks like')
  rmSync(join(sending.root, 'issues/good.md'))
  const refused = await sending.run(['send', 'renamed', '--yes'])
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('id: good') as string })
  expect(server.messages).toHaveLength(before)
  renameSync(renamed, join(sending.root, 'issues/other.md'))
  expect(await sending.run(['send', 'other', '--yes', '--force'])).toMatchObject({ code: 0 })
  expect(server.messages).toHaveLength(before + 2)
}, 60_000)
