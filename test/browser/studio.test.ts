import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openBrowser, requireBrowser } from '../helpers/browser.ts'
import { spawnCli } from '../helpers/cli.ts'
import { type Dev, startDev } from '../helpers/dev.ts'
import { repository } from '../helpers/newsletter.ts'

const CONFIG = `export default { name: 'Test Letter', from: 'Test <test@news.example.com>', postalAddress: '1 Test Street' }\n`
const BODY = Array.from({ length: 60 }, (_, index) => `Paragraph ${index} of the issue.`).join('\n\n')
const writeIssue = (title: string, text = BODY, more = '') =>
  `---\ntitle: ${title}\nweek: 2026-W34\npreheader: A line that says more\n${more}---\nHello.\n\n## One\n\n### [Entry](https://example.com/a)\n\n${text}\n`
const TEMPLATE = `import type { TemplateProps } from 'letterpress/define'
import { Stamp } from './parts/stamp.tsx'

export default function Mine({ issue }: TemplateProps) {
  return <html lang="en"><head><title>{issue.title}</title></head><body><Stamp /><h1>{issue.title}</h1></body></html>
}
`
const STAMP = `export function Stamp() { return <p>First edition</p> }\n`

describe.skipIf(!(await requireBrowser()))('letterpress dev', () => {
  let browser: Browser
  let page: Page
  let root: string
  let dev: Dev
  let complaints: string[]

  const write = (file: string, content: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), content)
  }
  beforeAll(async () => {
    browser = await openBrowser()
    root = mkdtempSync(join(tmpdir(), 'letterpress-studio-'))
    write('letterpress.config.ts', CONFIG)
    write('issues/w34.md', writeIssue('Week thirty-four'))
    write('issues/own.md', writeIssue('A mail of my own', 'Short.', 'template: mine\n').replace('W34', 'W33'))
    write('emails/mine.tsx', TEMPLATE)
    write('emails/parts/stamp.tsx', STAMP)
    dev = await startDev(root)
  })
  afterAll(async () => {
    await browser.close()
    expect(await dev.stop()).toBe(0)
    rmSync(root, { recursive: true, force: true })
  })
  beforeEach(async () => {
    page = await openPage('light')
  })
  afterEach(async () => {
    await page.context().close()
    expect(complaints).toEqual([])
  })

  const openPage = async (colorScheme: 'light' | 'dark') => {
    complaints = []
    const opened = await browser.newPage({
      colorScheme,
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 720 },
    })
    opened.setDefaultTimeout(20_000)
    opened.on('pageerror', (error) => complaints.push(error.message))
    opened.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    return opened
  }
  const open = async (route: string) => await page.goto(`${dev.url}/${route}`)
  const mail = () => page.frameLocator('iframe:not(.coming)')
  const readTop = async () =>
    await page
      .locator('iframe:not(.coming)')
      .evaluate((frame: HTMLIFrameElement) => frame.contentDocument?.scrollingElement?.scrollTop)

  test('shows the newest issue, and a save of it at the same place without a reload', async () => {
    await open('')
    await mail().getByText('Paragraph 59 of the issue.').waitFor({ state: 'attached' })
    expect(page.url()).toMatch(/#\/issues\/w34\/mail$/)
    expect(await page.locator('.row').allInnerTexts()).toMatchObject([
      expect.stringContaining('Week thirty-four'),
      expect.stringContaining('A mail of my own'),
      'Inbox',
      'Sends',
      'Blocks',
    ])
    await page.evaluate(() => Object.assign(window, { wasHere: true }))
    await page
      .locator('iframe')
      .evaluate((frame: HTMLIFrameElement) => frame.contentDocument?.scrollingElement?.scrollTo(0, 900))
    write('issues/w34.md', writeIssue('Week thirty-four', `${BODY}\n\nJust written.`))
    await mail().getByText('Just written.').waitFor({ state: 'attached' })
    expect(await readTop()).toBe(900)
    expect(await page.evaluate(() => 'wasHere' in window)).toBe(true)
  })

  test('shows what is wrong with the file over the last good mail, until it is mended', async () => {
    write('issues/w34.md', writeIssue('Week thirty-four'))
    await open('#/issues/w34/mail')
    await mail().getByText('Paragraph 1 of the issue.').waitFor()
    write('issues/w34.md', writeIssue('Week thirty-four', `::promp{name="ebook"}\n\n${BODY}`))
    await page.getByText('No block is named "promp". Did you mean "promo"?').waitFor()
    expect(await page.locator('.broken .frame').innerText()).toMatch(/> 12 \| ::promp/)
    expect(await mail().getByText('Paragraph 1 of the issue.').isVisible()).toBe(true)
    expect(await page.locator('.verdict').innerText()).toBe('1 error to mend')
    write('issues/w34.md', writeIssue('Week thirty-four', 'Mended.'))
    await mail().getByText('Mended.').waitFor()
    await page.locator('.broken').waitFor({ state: 'detached' })
  })

  test('shows a saved component of a template, and a broken one as a diagnostic', async () => {
    await open('#/issues/own/mail')
    await mail().getByText('First edition').waitFor()
    write('emails/parts/stamp.tsx', STAMP.replace('First', 'Second'))
    await mail().getByText('Second edition').waitFor()
    write('emails/parts/stamp.tsx', 'export function Stamp() { return <p>Unclosed }\n')
    await page.locator('.broken').waitFor()
    expect(await page.locator('.broken .place').first().innerText()).toMatch('emails/parts/stamp.tsx:1:')
    expect(await mail().getByText('Second edition').isVisible()).toBe(true)
    write('emails/parts/stamp.tsx', STAMP.replace('First', 'Third'))
    await mail().getByText('Third edition').waitFor()
  })

  test('follows the configuration, and outlives a broken one', async () => {
    await open('#/issues/w34/mail')
    await page.locator('#name', { hasText: 'Test Letter' }).waitFor()
    write('letterpress.config.ts', CONFIG.replace('Test Letter', 'Renamed Letter'))
    await page.locator('#name', { hasText: 'Renamed Letter' }).waitFor()
    await mail().getByText('Renamed Letter').first().waitFor()
    write('letterpress.config.ts', 'export default { nam: 1 }')
    await page.getByText('This cannot be shown').waitFor()
    expect(await mail().getByText('Renamed Letter').first().isVisible()).toBe(true)
    write('letterpress.config.ts', CONFIG)
    await page.getByText('This cannot be shown').waitFor({ state: 'detached' })
    await page.locator('#name', { hasText: 'Test Letter' }).waitFor()
  })

  test('shows a test that was sent from the terminal, by itself', async () => {
    await open('#/inbox')
    await page.getByText('Nothing here yet').waitFor()
    const env = { SMTP_URL: `smtp://${dev.inbox}` }
    const sent = await spawnCli(root, ['test', 'w34', '--to', 'me@example.com'], env)
    expect([sent.code, sent.stderr]).toEqual([0, expect.not.stringContaining('not sent')])
    await page.getByRole('link', { name: /Week thirty-four.*me@example\.com/ }).click()
    await mail().getByText('Week thirty-four').first().waitFor()
    await page.keyboard.press('3')
    await page.locator('dd', { hasText: 'test@news.example.com' }).first().waitFor()
    await page.getByRole('link', { name: 'Raw' }).click()
    await page.locator('.wire', { hasText: 'List-Unsubscribe' }).first().waitFor()
  })

  test('takes mail from any program, and says what only it has', async () => {
    await open('#/inbox')
    await deliver(dev.inbox, 'Subject: From elsewhere\r\n\r\nPlain words.\r\n')
    await page.getByRole('link', { name: /From elsewhere/ }).click()
    await page.getByText('This message has a text part only.').waitFor()
    await page.keyboard.press('2')
    await page.getByText('Plain words.').waitFor()
  })

  test('is led by keys', async () => {
    await open('')
    await mail().getByText('Mended.').waitFor()
    await page.keyboard.press('j')
    await mail().getByText('Third edition').click()
    await page.keyboard.press('d')
    await page.waitForURL(/own\/mail\?scheme=dark$/)
    await page.keyboard.press('w')
    await page.waitForURL(/device=320&scheme=dark$/)
    await page.keyboard.press('3')
    await page.waitForURL(/own\/text/)
    await page.keyboard.press('i')
    await page.waitForURL(/#\/inbox/)
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).getByText('Light or dark', { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('i')
    await mail().getByText('Third edition').waitFor()
  })
})

describe('the command', () => {
  test('says in words that the folder is no newsletter', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'letterpress-empty-'))
    const result = await spawnCli(folder, ['dev', '--no-open', '--port', '0'])
    expect([result.code, result.stderr]).toEqual([2, expect.stringContaining('config/not-found') as string])
    rmSync(folder, { recursive: true, force: true })
  })

  test('refuses what is no port', async () => {
    const result = await spawnCli(repository, ['dev', '--port', '99999'])
    expect([result.code, result.stderr]).toEqual([2, expect.stringContaining('command/invalid-port') as string])
  })

  test('takes another port for the inbox when its own is taken, and ends on each signal', async () => {
    const root = mkdtempSync(join(tmpdir(), 'letterpress-two-'))
    writeFileSync(join(root, 'letterpress.config.ts'), CONFIG)
    cpSync(join(repository, 'issues/2026-w34-short-letter.md'), join(root, 'issues/a.md'))
    const first = await startDev(root)
    const second = await startDev(root)
    expect(second.inbox).not.toBe(first.inbox)
    expect(second.stderr()).toContain('Port 1025 is taken')
    expect(await first.stop('SIGINT')).toBe(0)
    expect(await second.stop('SIGHUP')).toBe(0)
    expect(await readFile(join(root, 'letterpress.config.ts'), 'utf8')).toBe(CONFIG)
    rmSync(root, { recursive: true, force: true })
  })
})

/** As any mail client does it. */
async function deliver(address: string, message: string): Promise<void> {
  const [host = '', port] = address.split(':')
  const socket = createConnection(Number(port), host)
  const lines = ['EHLO me', 'MAIL FROM:<a@example.com>', 'RCPT TO:<b@example.com>', 'DATA', `${message}.`, 'QUIT']
  for await (const reply of socket) {
    if (!/^\d{3} .*\r\n$/m.test(String(reply))) continue
    const line = lines.shift()
    if (line === undefined) break
    socket.write(`${line}\r\n`)
  }
  socket.destroy()
}
