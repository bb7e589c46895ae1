import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { addReaders } from '../commands/send-make.ts'
import { requireBrowser } from '../helpers/browser.ts'
import { spawnCli } from '../helpers/cli.ts'
import {
  expectAccessible,
  ISSUE,
  openStudioPage,
  startStubborn,
  type StubbornServer,
  type StudioPage,
} from './studio-page.ts'

const READERS = 400
/** The page looks once a second. */
const SOON = { timeout: 20_000 }

describe.skipIf(!(await requireBrowser()))('sends in the studio', () => {
  let studio: StudioPage
  let server: StubbornServer
  let page: Page

  beforeAll(async () => {
    server = await startStubborn({
      'reader-4@': '550 5.1.1 no such mailbox',
      // The first send does not come so far.
      'reader-390@': '550 5.1.1 no such mailbox',
      'reader-394@': '550 5.1.1 no such mailbox',
    })
    studio = await openStudioPage({
      'issues/good.md': ISSUE('Good', '2026-W34'),
      'issues/quick.md': ISSUE('Quick', '2026-W33'),
      '.env': `SMTP_URL=smtp://127.0.0.1:${server.port}\nLETTERPRESS_LIMITS_PER_SECOND=40\n`,
    })
    await addReaders(studio.root, READERS)
  })
  afterAll(async () => {
    await studio.close()
    await server.close()
  })
  afterEach(async () => {
    await page.context().close()
  })

  const accepted = async () => Number(await page.locator('.progress-count strong').innerText())
  /** Messages that the server has and the page does not tell of; one was a test. */
  const countUntold = async () => server.taken.length - 1 - (await accepted())
  const badge = (words: string) => page.locator('.facts .chip', { hasText: words })
  const pull = async (name: string) => await page.getByRole('button', { name, exact: true }).first().click()
  const dialog = () => page.getByRole('dialog')
  /** What a dialog has made ready for the keyboard, once it is open. */
  const focused = async (role: 'button' | 'textbox', name: string) =>
    await page.locator(':focus').and(dialog().getByRole(role, { name })).waitFor()

  test('one begun in a terminal shows as it goes; it is paused, resumed and cancelled here', async () => {
    page = await studio.open('#/issues')
    await page.locator('.size-meter').waitFor()
    await page.keyboard.press('s')
    await page.getByText('Nothing was sent yet').waitFor()
    expect((await spawnCli(studio.root, ['test', 'good', '--to', 'me@example.com'])).code).toBe(0)
    const terminal = spawnCli(studio.root, ['send', 'good', '--yes'])
    await page.locator('.run-row', { hasText: 'Sending' }).click()
    await page.waitForURL(/#\/runs\/good/)
    await badge('Sending').waitFor()
    const first = await accepted()
    await expect.poll(accepted, SOON).toBeGreaterThan(first)
    await page.locator('.pace').getByText('Left').waitFor()
    await page.locator('.run-chart .recharts-area-area').first().waitFor()

    await pull('Pause')
    await focused('button', 'Pause')
    await page.keyboard.press('Enter')
    await badge('Paused').waitFor()
    expect((await terminal).code).toBe(3)
    await expect.poll(countUntold, SOON).toBe(0)
    const atPause = server.taken.length
    await page.getByText('Nothing goes out until it is resumed.').waitFor()

    await pull('Resume')
    await dialog().getByRole('button', { name: 'Go on sending' }).click()
    await badge('Sending').waitFor()
    await expect.poll(() => server.taken.length, SOON).toBeGreaterThan(atPause)

    await pull('Cancel for good')
    const yes = dialog().getByRole('button', { name: 'Cancel for good' })
    expect(await yes.isDisabled()).toBe(true)
    await focused('textbox', 'Type good to cancel it for good')
    await page.keyboard.type('goo')
    await page.keyboard.press('Enter')
    expect(await yes.isDisabled()).toBe(true)
    await page.keyboard.type('d')
    await page.keyboard.press('Enter')
    await badge('Cancelled').waitFor()
    await expect.poll(countUntold, SOON).toBe(0)
    // Who is left is skipped in batches, a moment later.
    await page.locator('.kinds', { hasText: /\d+ Skipped/ }).waitFor()
    const kinds = await page.locator('.kinds').innerText()
    expect(kinds).not.toContain('Pending')
    expect(new Set(server.taken).size).toBe(server.taken.length)
    expect(await page.locator('.head-buttons button').count()).toBe(0)
    const story = await page.locator('.story li b').allInnerTexts()
    expect(story).toEqual(['Approved', 'Paused', 'Resumed', 'Cancelled'])
  })

  test('one that is over tells what servers refused, with its chart from the ledger', async () => {
    await spawnCli(studio.root, ['test', 'quick', '--to', 'me@example.com'])
    await spawnCli(studio.root, ['send', 'quick', '--yes', '--segment', 'tag:even'], {
      LETTERPRESS_LIMITS_PER_SECOND: 'unlimited',
    })
    page = await studio.open('#/runs')
    await page.locator('.run-row', { hasText: 'Quick' }).getByText('2 refused').waitFor()
    await page.locator('.run-row', { hasText: 'Quick' }).click()
    await badge('Sent').waitFor()
    // The reader that the first send lost is on the list no more.
    expect(await accepted()).toBe(READERS / 2 - 3)
    await page.getByText('2 readers were refused.').waitFor()
    await page.getByText('npx letterpress retry quick').waitFor()
    const row = page.locator('.replies tbody tr').first()
    expect(await row.innerText()).toMatch(/Refused\s+550\s+No such mailbox, or refused by policy\s+2/)
    await page.locator('.run-chart .recharts-area-area').first().waitFor()
    const story = await page.locator('.story').innerText()
    expect(story).toContain('tag:even')
    await page.getByRole('link', { name: 'Show the issue' }).click()
    await page.frameLocator('iframe').getByText('Text of Quick.').waitFor()
  })

  test('an address of no send says so', async () => {
    page = await studio.open('#/runs/none')
    await page.getByRole('alert').getByText('none').first().waitFor()
    await page.getByRole('link', { name: '← Sends' }).click()
    await page.locator('.run-row').first().waitFor()
  })

  test.for(['light', 'dark'] as const)('have no accessibility violations, %s', async (theme) => {
    page = await studio.open('#/runs', { theme })
    await page.locator('.run-row').first().waitFor()
    await expectAccessible(page, 'list')
    await page.goto(`${studio.dev.url}/#/runs/good`)
    await page.locator('.run-chart .recharts-area-area').first().waitFor()
    await expectAccessible(page, 'run')
  })
})
