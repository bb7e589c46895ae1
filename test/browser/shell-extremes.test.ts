import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Preview, startPreview } from '../../src/preview/index.ts'
import { findViolations } from '../helpers/axe.ts'
import { openBrowser, requireBrowser } from '../helpers/browser.ts'
import { createFolderStudio, type FolderStudio } from '../preview/folder-studio.ts'

const MANY = 500

describe.skipIf(!(await requireBrowser()))('the shell of the studio, empty, full and cut off', () => {
  let browser: Browser
  let page: Page
  let studio: FolderStudio
  let preview: Preview
  let complaints: string[]

  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
  })
  beforeEach(async () => {
    studio = await createFolderStudio()
    preview = await startPreview(studio.services, { port: 0, host: '127.0.0.1' })
    complaints = []
    page = await browser.newPage({ viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce' })
    page.setDefaultTimeout(20_000)
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
  })
  afterEach(async () => {
    await page.context().close()
    await preview.close()
    await studio.remove()
    expect(complaints).toEqual([])
  })

  test.for(['light', 'dark'] as const)('says what to do first in an empty newsletter, %s', async (scheme) => {
    await page.emulateMedia({ colorScheme: scheme })
    await page.goto(preview.url)
    await page.getByRole('heading', { name: 'No issue yet' }).waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Start the first one' }).click()
    const dialog = page.getByRole('dialog', { name: 'New issue' })
    await dialog.getByLabel('Title').fill('The first')
    // This studio writes nothing, and says so.
    await dialog.getByRole('button', { name: 'Create and open' }).click()
    await dialog.getByRole('alert').waitFor()
    expect(await dialog.getByLabel('Title').inputValue()).toBe('The first')
    expect(await findViolations(page)).toEqual([])
    complaints = complaints.filter((line) => !line.includes('500'))
  })

  test('says that nothing was done when the server is gone', async () => {
    await studio.write('w11', ['Papers of the week', 'Words'])
    await page.goto(preview.url)
    await page.getByRole('heading', { level: 1, name: 'Papers of the week' }).waitFor()
    await page.keyboard.press('n')
    await page.keyboard.type('Lost')
    await preview.close()
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('nothing was done').waitFor()
    await page.keyboard.press('Escape')
    await page.setViewportSize({ width: 390, height: 844 })
    await page.locator('.banner', { hasText: 'The preview server has stopped.' }).waitFor()
    expect(await findViolations(page)).toEqual([])
    preview = await startPreview(studio.services, { port: preview.port, host: '127.0.0.1' })
    await page.locator('.banner').waitFor({ state: 'detached' })
    complaints = complaints.filter((line) => !line.includes('ERR_'))
  })

  test(`lays out of ${MANY} issues those in sight`, async () => {
    for (let index = 0; index < MANY; index++)
      await studio.write(`w${String(index).padStart(4, '0')}`, [`Letter number ${index}`, 'Words'])
    await page.goto(preview.url)
    const rows = page.locator('.issues .row')
    await rows.nth(MANY - 1).waitFor({ state: 'attached' })
    const countLaidOut = async () =>
      await page.evaluate(
        () =>
          [...document.querySelectorAll('.issues .row-title')].filter((title) =>
            title.checkVisibility({ contentVisibilityAuto: true }),
          ).length,
      )
    await expect.poll(countLaidOut).toBeLessThan(60)
    expect(await countLaidOut()).toBeGreaterThan(4)
    await page.keyboard.press('/')
    await page.keyboard.type('number 42')
    await expect.poll(async () => await rows.count()).toBe(15)
    await page.getByRole('heading', { name: 'Issues 15 of 500' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Letter number 442' }).waitFor()
    // Keys walk through what was found.
    await page.keyboard.press('j')
    await page.getByRole('heading', { level: 1, name: 'Letter number 429' }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.press('Escape')
    await expect.poll(async () => await rows.count()).toBe(MANY)
    // The open one comes into sight.
    await page.keyboard.press('j')
    await page.locator('.row[aria-current=page]', { hasText: 'Letter number 428' }).waitFor()
    expect(
      await page.locator('.row[aria-current=page]').evaluate((row) => {
        const { top, bottom } = row.getBoundingClientRect()
        return top > 0 && bottom < innerHeight
      }),
    ).toBe(true)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('number 77')
    await page
      .getByRole('option', { name: /Letter number 77/ })
      .first()
      .waitFor()
  })
})
