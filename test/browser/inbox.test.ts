import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { requireBrowser } from '../helpers/browser.ts'
import { expectAccessible, ISSUE, openStudioPage, type StudioPage } from './studio-page.ts'

const RESULTS = 'mx.example.com; spf=pass smtp.mailfrom=navy.example; dkim=fail header.d=navy.example'

describe.skipIf(!(await requireBrowser()))('the inbox in the studio', () => {
  let studio: StudioPage
  let page: Page

  beforeAll(async () => {
    studio = await openStudioPage({ 'issues/good.md': ISSUE('Good', '2026-W34') })
  })
  afterAll(async () => {
    await studio.close()
  })
  afterEach(async () => {
    await page.context().close()
  })

  /** As any program does that knows the address. */
  const mail = async (message: Readonly<Record<string, unknown>>) => {
    const [host, port] = studio.dev.inbox.split(':')
    const transport = createTransport({ host, port: Number(port), ignoreTLS: true })
    await transport.sendMail({
      from: 'Shop <shop@example.com>',
      to: 'buyer@example.com',
      text: 'Plain words.',
      ...message,
    })
    transport.close()
  }
  const subjects = async () =>
    (await page.locator('.message-subject').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '))
  const row = (subject: string) => page.locator('.message-row', { hasText: subject })
  const files = () => {
    const folder = join(studio.root, 'data/inbox')
    return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.eml')) : []
  }

  test('says where to mail to, and new mail of any program appears by itself', async () => {
    page = await studio.open('#/issues')
    await page.locator('.size-meter').waitFor()
    await page.keyboard.press('i')
    await page.getByText('Nothing here yet').waitFor()
    await page.locator('.head').getByText(studio.dev.inbox).waitFor()
    await mail({ subject: 'Your order 4711' })
    await row('Your order 4711').waitFor()
    expect(await row('Your order 4711').innerText()).toMatch(/New:\s+Your order 4711[^]*Shop to buyer@example\.com/)
    await mail({ subject: 'Second', from: 'Grace <grace@navy.example>' })
    await row('Second').waitFor()
    expect(await subjects()).toEqual(['New: Second', 'New: Your order 4711'])
    await page.locator('.pages').getByText('2 messages').waitFor()
  })

  test('a message is read as HTML, text, fields and bytes, with what it proves of its origin', async () => {
    await mail({
      subject: 'Grüße',
      from: 'Grace <grace@navy.example>',
      html: '<h1>Ahoy</h1><script>document.title = "run"</script>',
      text: 'Ahoy in words: https://example.com/ahoy',
      headers: { 'Authentication-Results': RESULTS },
    })
    page = await studio.open('#/inbox')
    await row('Grüße').getByRole('link').click()
    await page.frameLocator('iframe').getByRole('heading', { name: 'Ahoy' }).waitFor()
    expect(await page.title()).toBe('Inbox – Test Letter')
    expect(await page.locator('.origin-chips').innerText()).toMatch(/DKIM none\s+SPF pass\s+DKIM fail/)
    await page.keyboard.press('2')
    await page.getByLabel('Text part').getByRole('link', { name: 'https://example.com/ahoy' }).waitFor()
    await page.keyboard.press('3')
    await page.getByText('mx.example.com says: dkim=fail').waitFor()
    await page.locator('.fields').getByText('Grüße').waitFor()
    await page.keyboard.press('4')
    await page.getByRole('region', { name: 'The message as it is sent' }).getByText('Subject: =?UTF-8?').waitFor()
    // It is not new any more, and the one before it is a key away.
    await page.keyboard.press('j')
    await page.getByRole('heading', { name: 'Second' }).waitFor()
    await page.getByRole('link', { name: 'Newer' }).click()
    await page.getByRole('heading', { name: 'Grüße' }).waitFor()
    await page.getByRole('link', { name: '← Inbox' }).click()
    expect((await subjects())[0]).toBe('Grüße')
  })

  test('is searched by sender, recipient and subject', async () => {
    page = await studio.open('#/inbox')
    const search = page.getByRole('textbox', { name: 'Search the inbox' })
    await search.fill('navy')
    await page.getByText('2 found').waitFor()
    expect(await subjects()).toEqual(['Grüße', 'Second'])
    // New mail that is looked for appears, other mail does not.
    await mail({ subject: 'Another of the navy' })
    await mail({ subject: 'None of them' })
    await page.getByText('3 found').waitFor()
    await row('Second').getByRole('link').click()
    await page.getByRole('link', { name: '← Inbox' }).click()
    expect(await search.inputValue()).toBe('navy')
    await search.press('Escape')
    await row('None of them').waitFor()
    await search.fill('nobody of that name')
    await page.getByText('No message has these words.').waitFor()
  })

  test.for(['light', 'dark'] as const)('has no accessibility violations, %s', async (theme) => {
    page = await studio.open('#/inbox', { theme })
    await row('Second').waitFor()
    await expectAccessible(page, 'list')
    await page.setViewportSize({ width: 1280, height: 720 })
    await row('Grüße').getByRole('link').click()
    await page.frameLocator('iframe').getByText('Ahoy').waitFor()
    await expectAccessible(page, 'message')
    await page.keyboard.press('3')
    await page.getByText('Where it comes from', { exact: true }).waitFor()
    await expectAccessible(page, 'headers')
  })

  test('messages are deleted, from the list, by a key, and all at once', async () => {
    const before = files().length
    page = await studio.open('#/inbox')
    await page.getByRole('button', { name: 'Delete Second' }).click()
    await row('Second').waitFor({ state: 'detached' })
    expect(files()).toHaveLength(before - 1)
    await row('None of them').getByRole('link').click()
    await page.getByRole('heading', { name: 'None of them' }).waitFor()
    await page.keyboard.press('Delete')
    // The next one is open then.
    await page.getByRole('heading', { name: 'Another of the navy' }).waitFor()
    expect(files()).toHaveLength(before - 2)
    await page.getByRole('link', { name: '← Inbox' }).click()
    await page.getByRole('button', { name: 'Delete all' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Keep them' }).click()
    expect(files()).toHaveLength(before - 2)
    await page.getByRole('button', { name: 'Delete all' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete all' }).click()
    await page.getByText('Nothing here yet').waitFor()
    expect(files()).toEqual([])
  })
})
