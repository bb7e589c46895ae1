import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../src/base/index.ts'
import { startInbox } from '../../src/transport/index.ts'
import { runCli } from '../helpers/cli.ts'
import { makeNewsletter } from '../helpers/newsletter.ts'

const ISSUE =
  '---\ntitle: Good\nweek: 2026-W34\npreheader: Something else\n---\nHello {{ subscriber.name | default: "there" }}.\n\n## One\n\n### [Entry](https://example.com/a)\n\nText.\n'
const READERS =
  'readers:\n  - { id: amina, email: amina@example.org, name: أمينة }\n  - { id: li, email: li@example.net, name: 李雷 }\n'

async function readMails(folder: string) {
  return await Promise.all(
    readdirSync(folder)
      .filter((name) => name.endsWith('.eml'))
      .map((name) => PostalMime.parse(readFileSync(join(folder, name)))),
  )
}

test('keeps a test in the embedded inbox and says that nobody received it', async () => {
  const root = makeNewsletter({ 'issues/good.md': ISSUE, 'readers.yaml': READERS })
  const result = await runCli(root, ['test', 'good', '--to', 'me@example.com'])
  expect(result.code).toBe(0)
  expect(result.stderr).toContain('Nobody received it')
  const [mail] = await readMails(join(root, 'data/inbox'))
  expect(mail).toMatchObject({ subject: 'Good', deliveredTo: 'me@example.com' })
  expect(mail?.text).toContain('Hello أمينة.')
})

test('sends to SMTP_URL when it is set, as a reader of choice, to several addresses', async () => {
  const root = makeNewsletter({ 'issues/good.md': ISSUE, 'readers.yaml': READERS })
  const inbox = await startInbox({ folder: join(root, 'server'), port: 0, clock: systemClock })
  onTestFinished(() => inbox.close())
  const env = { SMTP_URL: `smtp://127.0.0.1:${inbox.port}` }
  const result = await runCli(
    root,
    ['--json', 'test', 'good', '--to', 'a@example.com, b@example.com', '--as', 'li@example.net'],
    env,
  )
  expect(result.code).toBe(0)
  expect(JSON.parse(result.stdout)).toMatchObject({
    transport: 'smtp',
    results: [{ kind: 'accepted' }, { kind: 'accepted' }],
  })
  expect(existsSync(join(root, 'data/inbox'))).toBe(false)
  const mails = await readMails(join(root, 'server'))
  expect(new Set(mails.map((mail) => mail.deliveredTo))).toEqual(new Set(['a@example.com', 'b@example.com']))
  for (const mail of mails) expect(mail.text).toContain('Hello 李雷.')
})

test('makes the signing secret at first need, once, and says so', async () => {
  const root = makeNewsletter({ 'issues/good.md': ISSUE })
  const first = await runCli(root, ['test', 'good', '--to', 'me@example.com'])
  expect(first.stderr).toContain('LETTERPRESS_SECRET')
  const secret = readFileSync(join(root, '.env'), 'utf8')
  await runCli(root, ['test', 'good', '--to', 'me@example.com'])
  expect(readFileSync(join(root, '.env'), 'utf8')).toBe(secret)
})

test('says that nothing was sent when the server is away, and ends with 4', async () => {
  const root = makeNewsletter({ 'issues/good.md': ISSUE })
  const inbox = await startInbox({ folder: join(root, 'server'), port: 0, clock: systemClock })
  await inbox.close()
  const env = { SMTP_URL: `smtp://user:hunter2@127.0.0.1:${inbox.port}` }
  const result = await runCli(root, ['test', 'good', '--to', 'me@example.com'], env)
  expect(result.code).toBe(4)
  expect(result.stdout).toContain('not sent (server)')
  expect(result.stdout + result.stderr).not.toContain('hunter2')
})

test.each([
  ['no recipient', ['test', 'good'], 2],
  ['an address with a line break', ['test', 'good', '--to', 'me@example.com\r\nBcc: you@example.com'], 2],
  ['an unknown reader', ['test', 'good', '--to', 'me@example.com', '--as', 'nobody@example.com'], 2],
  ['a broken issue', ['test', 'bad', '--to', 'me@example.com'], 1],
])('sends nothing for %s', async (_, args, code) => {
  const root = makeNewsletter({
    'issues/good.md': ISSUE,
    'issues/bad.md': '---\ntitle: Bad\n---\n# No\n',
    'readers.yaml': READERS,
  })
  const result = await runCli(root, args)
  expect(result.code).toBe(code)
  expect(result.stderr).toMatch(/Nothing was sent|needs somebody/)
  expect(existsSync(join(root, 'data/inbox'))).toBe(false)
})
