import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/db/index.ts'
import { makeFolder } from '../helpers/folder.ts'
import { startScript } from '../helpers/smtp-script.ts'
import { addReaders, ISSUE, listReceivers, makeSending, openServer, readMails } from './send-make.ts'

const KEYS = [
  'issue',
  'state',
  'total',
  'pending',
  'handed',
  'accepted',
  'deferred',
  'failed',
  'unknown',
  'skipped',
  'startsAt',
  'startedAt',
  'finishedAt',
  'messagesPerSecond',
]

test('mails the whole list once over SMTP, each reader with a link of their own', async () => {
  const server = await openServer(makeFolder())
  const sending = await makeSending(200, server.port)
  const sent = await sending.run(['--json', 'send', 'good', '--yes'])
  expect(sent).toMatchObject({ code: 0 })
  const status = JSON.parse(sent.stdout) as Record<string, unknown>
  expect(Object.keys(status).sort()).toEqual(KEYS.toSorted())
  expect(status).toMatchObject({ issue: 'good', state: 'finished', total: 200, accepted: 200, pending: 0 })
  expect(await sending.status()).toMatchObject(status)
  const mails = await readMails(server.folder)
  expect(new Set(mails.map((mail) => mail.deliveredTo)).size).toBe(200)
  expect(mails).toHaveLength(200)
  expect(new Set(mails.map((mail) => mail.messageId)).size).toBe(200)
  expect(new Set(mails.map(({ headers }) => headers.find(({ key }) => key === 'list-unsubscribe')?.value)).size).toBe(
    200,
  )
  expect(mails.every(({ text = '', to = [] }) => text.includes(`Hello ${to[0]?.name ?? '?'}.`))).toBe(true)
  const again = await sending.run(['send', 'good', '--yes'])
  expect(again).toMatchObject({ code: 0 })
  expect(again.stdout).toContain('Nothing is left to send')
  expect(await readMails(server.folder)).toHaveLength(200)
}, 60_000)

test('says loudly that nobody receives what goes into the embedded inbox, and then mails the list for real', async () => {
  const sending = await makeSending(5)
  const rehearsal = await sending.run(['send', 'good', '--yes'])
  expect(rehearsal).toMatchObject({ code: 0 })
  expect(rehearsal.stderr).toContain('NOBODY RECEIVED IT')
  expect(await readMails(join(sending.root, 'data/inbox'))).toHaveLength(5)
  const server = await openServer(sending.root)
  const env = { SMTP_URL: `smtp://127.0.0.1:${server.port}` }
  expect(await sending.run(['send', 'good', '--yes'], env)).toMatchObject({ code: 0 })
  expect(await readMails(server.folder)).toHaveLength(5)
  const without = await sending.run(['send', 'good', '--yes'])
  expect(without).toMatchObject({ code: 2 })
  expect(without.stderr).toContain('delivery/other-transport')
}, 60_000)

type Row = readonly [
  what: string,
  files: Readonly<Record<string, string>>,
  flags: readonly string[],
  code: number,
  words: string,
]

describe('refuses', () => {
  test('content that was not test-sent as it is; --force overrides that and is kept', async () => {
    const server = await openServer(makeFolder())
    const sending = await makeSending(2, server.port)
    writeFileSync(join(sending.root, 'issues/good.md'), ISSUE.replace('Text.', 'Other text.'))
    const refused = await sending.run(['send', 'good', '--yes'])
    expect(refused).toMatchObject({ code: 2 })
    expect(refused.stderr).toContain('not test-sent')
    expect(await sending.status()).toMatchObject({ state: 'unsent', total: 0 })
    expect(await sending.run(['send', 'good', '--yes', '--force'])).toMatchObject({ code: 0 })
    const db = await openDatabase({ url: 'sqlite:data/letterpress.db', root: sending.root })
    expect(await db.get('SELECT forced, approved_by FROM runs')).toEqual({
      forced: '["untested"]',
      approved_by: 'flag',
    })
    await db.close()
  }, 60_000)

  const ROWS: readonly Row[] = [
    ['a draft', { 'issues/good.md': ISSUE.replace('week:', 'draft: true\nweek:') }, [], 2, 'draft'],
    ['an issue that cannot be read', { 'issues/good.md': '# no' }, ['--force'], 1, 'cannot be rendered'],
    [
      'a list that cannot unsubscribe',
      {
        'letterpress.config.ts':
          "export default { name: 'T', from: 'T <t@news.example.com>', postalAddress: '1 Test Street' }\n",
      },
      ['--force'],
      2,
      'unsubscribe',
    ],
    ['an empty segment', {}, ['--segment', 'tag:none'], 2, 'tag:none'],
    ['a wrong duration', {}, ['--wait', 'soon'], 2, 'duration'],
  ]
  test.for(ROWS)('%s', { timeout: 60_000 }, async ([, files, flags, code, words]) => {
    const server = await startScript({})
    const sending = await makeSending(2, server.port)
    for (const [name, content] of Object.entries(files)) writeFileSync(join(sending.root, name), content)
    const refused = await sending.run(['send', 'good', '--yes', ...flags])
    expect(refused).toMatchObject({ code, stderr: expect.stringContaining(words) as string })
    expect(server.messages).toEqual([])
    expect(server.connections()).toBe(0)
  })

  test('to begin without a yes where nobody can be asked', async () => {
    const server = await startScript({})
    const sending = await makeSending(2, server.port)
    const refused = await sending.run(['send', 'good'])
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') as string })
    expect(server.connections()).toBe(0)
  }, 60_000)

  test('the same content under another id', async () => {
    const server = await startScript({})
    const sending = await makeSending(2, server.port)
    await sending.run(['send', 'good', '--yes'])
    writeFileSync(join(sending.root, 'issues/twin.md'), ISSUE.replace('title: Good', 'title: Good\nid: twin'))
    await sending.run(['test', 'twin', '--to', 'me@example.com'])
    const twin = await sending.run(['send', 'twin', '--yes'])
    expect(twin).toMatchObject({ code: 2, stderr: expect.stringContaining('went out as "good"') as string })
    expect(server.messages).toHaveLength(3)
  }, 60_000)
})

test('a file that changes after the approval changes nothing: the rest gets what was approved', async () => {
  const server = await startScript({ rcpt: [...Array.from({ length: 5 }, () => '250 ok'), '451 later', '250 ok'] })
  const sending = await makeSending(6, server.port)
  const one = { LETTERPRESS_SMTP_CONNECTIONS: '1' }
  expect(await sending.run(['send', 'good', '--yes', '--wait', '0s'], one)).toMatchObject({ code: 3 })
  writeFileSync(join(sending.root, 'issues/good.md'), ISSUE.replace('Text.', 'Other text.'))
  await makeDue(sending.root)
  const again = await sending.run(['send', 'good', '--yes'])
  expect(again).toMatchObject({ code: 0 })
  expect(again.stderr).toMatch(/changed since it was approved: [0-9a-f]{64} goes out, it is now [0-9a-f]{64}/)
  expect(String(server.messages.at(-1))).not.toContain('Other text.')
  rmSync(join(sending.root, 'issues/good.md'))
  expect(await sending.status()).toMatchObject({ accepted: 6 })
  expect((await sending.run(['send', 'good', '--yes'])).stdout).toContain('Nothing is left')
}, 60_000)

async function makeDue(root: string): Promise<void> {
  const db = await openDatabase({ url: 'sqlite:data/letterpress.db', root })
  await db.run('UPDATE deliveries SET next_at = 1 WHERE state = 3')
  await db.close()
}

test('stands for its segment; new readers come along only when they are asked for', async () => {
  const server = await startScript({})
  const sending = await makeSending(4, server.port)
  expect(await sending.run(['send', 'good', '--yes', '--segment', 'tag:even'])).toMatchObject({ code: 0 })
  expect(listReceivers(server.messages).toSorted()).toEqual(['reader-2@example.com', 'reader-4@example.com'])
  expect(await sending.run(['send', 'good', '--yes', '--segment', ''])).toMatchObject({ code: 2 })
  await addReaders(sending.root, 2, 5)
  expect(await sending.run(['send', 'good', '--yes'])).toMatchObject({ code: 0 })
  expect(server.messages).toHaveLength(2)
  expect(await sending.run(['send', 'good', '--yes', '--new-readers'])).toMatchObject({ code: 0 })
  expect(listReceivers(server.messages).slice(2)).toEqual(['reader-6@example.com'])
}, 60_000)

test('a plan says who, what, how long and what would be refused, and changes nothing', async () => {
  const server = await startScript({})
  const sending = await makeSending(30, server.port, {
    'issues/bare.md': ISSUE.replace(' | default: "there"', '').replace('title: Good', 'title: Bare'),
  })
  const db = await openDatabase({ url: 'sqlite:data/letterpress.db', root: sending.root })
  await db.run("UPDATE subscribers SET status = 'unsubscribed' WHERE key <= 3")
  await db.run('UPDATE subscribers SET name = NULL WHERE key = 10')
  await db.run("INSERT INTO suppressions (email_key, reason, at) VALUES ('reader-4@example.com', 'bounced', 0)")
  await db.close()
  const env = { LETTERPRESS_LIMITS_PER_SECOND: '2' }
  const good = await sending.run(['--json', 'plan', 'good'], env)
  expect(good).toMatchObject({ code: 0 })
  expect(JSON.parse(good.stdout)).toMatchObject({
    issue: 'good',
    hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    audience: 26,
    leftOut: { suppressed: 1, unsubscribed: 3 },
    seconds: 13,
    refusals: [],
    run: null,
  })
  const bare = await sending.run(['--json', 'plan', 'bare'])
  expect(bare.code).toBe(1)
  expect(JSON.parse(bare.stdout)).toMatchObject({
    missing: [{ slot: 'subscriber.name', readers: 1 }],
    testedAt: null,
    refusals: [{ kind: 'errors' }, { kind: 'untested' }],
  })
  expect((await sending.run(['plan', 'good'], env)).stdout).toContain('26')
  expect(server.connections()).toBe(0)
}, 60_000)
