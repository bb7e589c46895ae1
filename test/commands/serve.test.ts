import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runCli } from '../helpers/cli.ts'
import { makeNewsletter, repository } from '../helpers/newsletter.ts'

const ISSUE =
  '---\ntitle: Good\nweek: 2026-W34\npreheader: Something else\n---\nHello {{ subscriber.name | default: "there" }}.\n\n## One\n\n### [Entry](https://example.com/a)\n\nText.\n'
const CONFIG =
  "export default { name: 'Test Letter', from: 'Test <test@news.example.com>', postalAddress: '1 Test Street', url: 'https://news.example.com' }\n"

/** Starts `serve` on a free port. */
async function startServe(root: string): Promise<string> {
  const child = spawn(process.execPath, [join(repository, 'bin/letterpress.js'), '--json', 'serve', '--port', '0'], {
    cwd: root,
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = new Promise((resolve) => child.once('close', resolve))
  onTestFinished(async () => {
    child.kill('SIGTERM')
    expect(await closed).toBe(0)
  })
  for await (const line of child.stdout) return (JSON.parse(String(line)) as { url: string }).url
  throw new Error('serve said nothing')
}

test('takes off the list whoever posts to the link of their own mail, and shows what was sent', async () => {
  const root = makeNewsletter({ 'letterpress.config.ts': CONFIG, 'issues/good.md': ISSUE })
  expect(await runCli(root, ['subscribers', 'add', 'ada@example.com'])).toMatchObject({ code: 0 })
  expect(await runCli(root, ['test', 'good', '--to', 'me@example.com'])).toMatchObject({ code: 0 })
  expect(await runCli(root, ['send', 'good', '--yes'])).toMatchObject({ code: 0 })

  const base = await startServe(root)
  const page = await (await fetch(`${base}/issues/good/`)).text()
  expect(page.replaceAll(/<[^>]+>/g, '')).toContain('Hello there.')
  expect(page).not.toContain('/unsubscribe/')

  const { stdout } = await runCli(root, ['--json', 'subscribers', 'show', 'ada@example.com'])
  expect(stdout).toContain('"active"')
  const link = await findUnsubscribeLink(root)
  expect((await fetch(link.replace('https://news.example.com', base))).status).toBe(200)
  expect((await runCli(root, ['--json', 'subscribers', 'show', 'ada@example.com'])).stdout).toContain('"active"')
  const answer = await fetch(link.replace('https://news.example.com', base), {
    method: 'POST',
    body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  })
  expect(answer.status).toBe(200)
  expect((await runCli(root, ['--json', 'subscribers', 'show', 'ada@example.com'])).stdout).toContain('"unsubscribed"')
})

async function findUnsubscribeLink(root: string): Promise<string> {
  const { openInboxFolder } = await import('../../src/preview/index.ts')
  const inbox = openInboxFolder(join(root, 'data/inbox'))
  for (const { id, to } of (await inbox.list()).messages) {
    const mail = to.includes('ada@example.com') ? await inbox.read(id) : undefined
    const header = mail?.headers.find(({ name }) => name === 'List-Unsubscribe')
    const link = /<(https:[^>]+)>/.exec(header?.value ?? '')?.[1]
    if (link) return link
  }
  throw new Error('no message to ada@example.com')
}

test.each([['x'], ['-1'], ['70000'], ['80.5']])('refuses %s as a port', async (port) => {
  const result = await runCli(makeNewsletter({}), ['serve', '--port', port])
  expect(result.code).toBe(2)
})
