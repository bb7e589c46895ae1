import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { addReaders } from '../commands/send-make.ts'
import { openDatabase } from '../../src/db/index.ts'
import { requireBrowser } from '../helpers/browser.ts'
import { spawnCli } from '../helpers/cli.ts'
import { expectAccessible, ISSUE, openStudioPage, type StudioPage } from './studio-page.ts'

const DRAFT = ISSUE('Good', '2026-W34').replace('title: Good', 'title: Good\ndraft: true')

describe.skipIf(!(await requireBrowser()))('the plan in the studio', () => {
  let studio: StudioPage
  let page: Page

  beforeAll(async () => {
    studio = await openStudioPage({ 'issues/good.md': DRAFT, 'issues/other.md': ISSUE('Other', '2026-W33') })
    await addReaders(studio.root, 12)
    const db = await openDatabase({ url: 'sqlite:data/letterpress.db', root: studio.root })
    await db.run("UPDATE subscribers SET status = 'unsubscribed' WHERE id IN ('r1', 'r2')", [])
    await db.run("UPDATE subscribers SET status = 'bounced' WHERE id = 'r3'", [])
    await db.close()
  })
  afterAll(async () => {
    await studio.close()
  })
  afterEach(async () => {
    await page.context().close()
  })

  const verdict = () => page.locator('.plan-verdict')

  test('says who gets it and what is refused, and follows file, list and tests', async () => {
    page = await studio.open('#/issues/good/mail')
    await page.locator('.size-meter').waitFor()
    await page.keyboard.press('p')
    await verdict().getByRole('heading', { name: 'It would not be sent' }).waitFor()
    await verdict().getByText('It is a draft.').waitFor()
    expect(await page.locator('.audience-count').innerText()).toMatch(/^9\s+readers get it/)
    expect(await page.locator('.left-out').innerText()).toMatch(/2 unsubscribed[^]*1 bounced/)
    // A draft is not to be forced; what was never tested is.
    const untested = verdict().locator('li', { hasText: 'not test-sent' })
    expect(await untested.innerText()).toContain('--force')
    expect(await verdict().locator('li', { hasText: 'draft' }).innerText()).not.toContain('--force')

    studio.write('issues/good.md', DRAFT.replace('draft: true\n', ''))
    await verdict().getByText('It is a draft.').waitFor({ state: 'detached' })
    await untested.getByRole('link', { name: 'Send a test' }).click()
    await page.getByRole('combobox', { name: 'To', exact: true }).fill('me@example.com')
    await page.getByRole('button', { name: 'Send the test' }).click()
    await page.getByRole('heading', { name: 'Sent' }).waitFor()
    await page.getByRole('link', { name: 'Plan', exact: true }).click()
    await verdict().getByRole('heading', { name: 'Ready to send' }).waitFor()
    await verdict().getByText('npx letterpress send good').waitFor()
    await page.getByText('a rehearsal, nobody receives it').waitFor()

    // Somebody joins while the page is open.
    await addReaders(studio.root, 1, 13)
    await page.locator('.audience-count strong', { hasText: '10' }).waitFor()
  })

  test('once approved it leads to the send', async () => {
    page = await studio.open('#/issues/good/plan')
    await verdict().getByRole('heading', { name: 'Ready to send' }).waitFor()
    expect((await spawnCli(studio.root, ['send', 'good', '--yes'])).code).toBe(0)
    await verdict().getByRole('heading', { name: 'It was approved' }).waitFor()
    await verdict().getByText('10 of 10 accepted').waitFor()
    await verdict().getByRole('link').click()
    await page.waitForURL(/#\/runs\/good/)
    await page.getByText('Everybody who was to get it has it.').waitFor()
    // The same for an issue that was not.
    await page.goto(`${studio.dev.url}/#/issues/other/plan`)
    await verdict().getByText('not test-sent').waitFor()
  })

  test.for(['light', 'dark'] as const)('has no accessibility violations, %s', async (theme) => {
    page = await studio.open('#/issues/good/plan', { theme })
    await verdict().getByText('It was approved').waitFor()
    await expectAccessible(page, 'approved')
    await page.goto(`${studio.dev.url}/#/issues/other/plan`)
    await verdict().getByText('not test-sent').waitFor()
    await expectAccessible(page, 'refused')
  })
})
