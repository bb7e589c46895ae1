import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addReaders } from '../commands/send-make.ts'
import { requireBrowser } from '../helpers/browser.ts'
import { runCli } from '../helpers/cli.ts'
import { ISSUE, openStudioPage, type StudioPage } from './studio-page.ts'

// Paragraphs that take more lines where there is less room.
const LONG = Array.from({ length: 60 }, (_, index) => `Paragraph ${index}. ${'Words that wrap anew. '.repeat(20)}`)

describe.skipIf(!(await requireBrowser()))('what is open stays as it was', () => {
  let studio: StudioPage
  beforeAll(async () => {
    const text = ISSUE('Long', '2026-W11').replace('\n## One', `\n${LONG.join('\n\n')}\n\n## One`)
    studio = await openStudioPage({ 'issues/long.md': text })
    await runCli(studio.root, ['subscribers', 'list'])
    await addReaders(studio.root, 400)
  }, 120_000)
  afterAll(async () => await studio.close())

  const frame = (page: Page) => page.locator('.screen iframe:not(.coming)')
  const top = async (page: Page) =>
    await frame(page).evaluate((mail: HTMLIFrameElement) => mail.contentDocument?.scrollingElement?.scrollTop)

  test.for(['', '?device=375', '?device=1024'])(
    'the scroll position, reloaded at %j',
    { timeout: 120_000 },
    async (look) => {
      const page = await studio.open(`#/issues/long/mail${look}`)
      await frame(page).waitFor()
      for (const at of [500, 3000, 6000]) {
        await frame(page).evaluate((mail: HTMLIFrameElement, to) => mail.contentWindow?.scrollTo(0, to), at)
        expect(await top(page)).toBe(at)
        await page.reload()
        await frame(page).waitFor()
        await expect.poll(async () => await top(page), { timeout: 10_000 }).toBe(at)
      }
      await page.context().close()
    },
  )

  test('readers far down the list, and schemes, of the grid', { timeout: 120_000 }, async () => {
    const page = await studio.open('#/issues/long/grid?at=r350&schemes=light,gmail')
    await page.locator('.grid h2', { hasText: 'Reader 350' }).waitFor()
    const ticked = async () => await page.locator('.tick', { has: page.locator(':checked') }).allInnerTexts()
    expect(await ticked()).toHaveLength(2)
    await page.getByRole('combobox', { name: 'Further readers' }).fill('reader-399')
    await page.getByRole('option', { name: 'Reader 399' }).click()
    await page.locator('.grid h2', { hasText: 'Reader 399' }).waitFor()
    expect(new URL(page.url()).hash).toMatch(/at=r350%2Cr399/)
    await page.locator('.tick', { hasText: 'Outlook' }).click()
    await page.waitForURL(/schemes=light%2Cgmail%2Coutlook/)
    await page.reload()
    await page.locator('.grid h2', { hasText: 'Reader 399' }).waitFor()
    expect(await ticked()).toHaveLength(3)
    expect(await page.locator('.grid h2').count()).toBe(3)
    await page.context().close()
  })
})
