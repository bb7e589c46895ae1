import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { requireBrowser } from '../helpers/browser.ts'
import { readRows } from '../commands/send-make.ts'
import {
  expectAccessible,
  ISSUE,
  openStudioPage,
  startStubborn,
  type StubbornServer,
  type StudioPage,
} from './studio-page.ts'

describe.skipIf(!(await requireBrowser()))('sending a test from the studio', () => {
  let studio: StudioPage
  let server: StubbornServer
  let page: Page

  beforeAll(async () => {
    server = await startStubborn({
      'nobody@': '550 5.1.1 no such mailbox here',
      'later@': '451 4.7.1 greylisted',
    })
    studio = await openStudioPage({
      'issues/good.md': ISSUE('Good', '2026-W34'),
      '.env': `SMTP_URL=smtp://127.0.0.1:${server.port}\n`,
    })
  })
  afterAll(async () => {
    await studio.close()
    await server.close()
  })
  afterEach(async () => {
    await page.context().close()
  })

  const field = () => page.getByRole('combobox', { name: 'To', exact: true })
  const press = async () => await page.getByRole('button', { name: 'Send the test' }).click()
  const result = () => page.locator('.test-result').first()

  test('to several, each with the server’s own words; the issue is tested then', async () => {
    page = await studio.open('#/issues/good/mail')
    await page.getByText('Draft').first().waitFor()
    await page.keyboard.press('t')
    await page.getByText(`By SMTP through 127.0.0.1:${server.port}, to real mailboxes.`).waitFor()
    await field().click()
    await page.keyboard.type('me@example.com,nobody@example.com ')
    await page.keyboard.type('later@example.com')
    // The last one is still being written when the button is pressed.
    await press()
    await result().getByRole('heading', { name: '1 of 3 sent' }).waitFor()
    const lines = await result().locator('.test-line').allInnerTexts()
    expect(lines[0]).toMatch(/Accepted\s+me@example\.com[^]*250 2\.0\.0 queued as 4711/)
    expect(lines[1]).toMatch(/Refused\s+nobody@example\.com[^]*550 5\.1\.1 no such mailbox here/)
    expect(lines[2]).toMatch(/Not now\s+later@example\.com[^]*451 4\.7\.1 greylisted/)
    expect(server.taken).toEqual(['me@example.com'])
    await page.locator('.head').getByText('Tested').waitFor()
    await page.getByText('npx letterpress test good --to me@example.com,nobody@example.com,later@example.com').waitFor()
    // It is there again after another view, and forgotten with the page.
    await page.keyboard.press('1')
    await page.keyboard.press('t')
    await result().getByText('1 of 3 sent').waitFor()
    await page.reload()
    await page.getByText('What a test is').waitFor()
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(['letterpress-theme'])
  })

  test('as another reader, into the inbox although a server is configured', async () => {
    const before = server.taken.length
    page = await studio.open('#/issues/good/test')
    await page.getByRole('combobox', { name: 'As' }).click()
    await page.keyboard.type('Bob')
    await page.getByRole('option', { name: 'Bob · bob@example.com' }).click()
    await page.waitForURL(/reader=bob/)
    await page.getByText('Into the inbox here').click()
    await field().fill('friend@example.com')
    await page.keyboard.press('Enter')
    await press()
    await result().getByText('Sent').waitFor()
    expect(await result().innerText()).toMatch(/as Bob, into the inbox here/)
    expect(server.taken).toHaveLength(before)
    await result().getByRole('link', { name: 'Open in the inbox' }).click()
    await page.waitForURL(/#\/inbox\//)
    await page.locator('.facts').getByText('friend@example.com').waitFor()
    await page.frameLocator('iframe').getByText('Hello Bob.').waitFor()
    const rows = await readRows(studio.root, 'SELECT transport FROM tests ORDER BY key')
    expect(rows).toEqual([{ transport: 'smtp' }, { transport: 'inbox' }])
  })

  test('says what is no address, and asks for one, before anything is sent', async () => {
    const before = server.taken.length
    page = await studio.open('#/issues/good/test')
    await press()
    await page.getByText('Write at least one address.').waitFor()
    await field().fill('not an address')
    await press()
    await page.getByText('“not an address” is no address.').waitFor()
    await page.getByRole('button', { name: 'Remove' }).or(page.locator('.mantine-Pill-remove')).first().click()
    // As it stands in the head of a mail.
    await field().fill('Ada <ada@example.com>; Bob <bob@example.com>')
    await press()
    await result().getByText('All 2 sent').waitFor()
    expect(server.taken.slice(before)).toEqual(['ada@example.com', 'bob@example.com'])
  })

  test('a file that is broken is not sent', async () => {
    page = await studio.open('#/issues/good/test')
    await page.getByRole('button', { name: 'Send the test' }).waitFor()
    studio.write('issues/good.md', '---\ntitle: [\n---\n')
    await page.getByText('The file must be mended first').waitFor()
    expect(await page.getByRole('button', { name: 'Send the test' }).isDisabled()).toBe(true)
    studio.write('issues/good.md', ISSUE('Good', '2026-W34'))
    await page.getByText('The file must be mended first').waitFor({ state: 'detached' })
  })

  test.for(['light', 'dark'] as const)('has no accessibility violations, %s', async (theme) => {
    page = await studio.open('#/issues/good/test', { theme })
    await field().fill('me@example.com, nobody@example.com')
    await press()
    await result().waitFor()
    await expectAccessible(page, 'test')
  })
})
