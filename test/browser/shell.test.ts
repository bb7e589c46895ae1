import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findViolations } from '../helpers/axe.ts'
import { openBrowser, requireBrowser } from '../helpers/browser.ts'
import { type Dev, startDev } from '../helpers/dev.ts'
import { makeThreeIssues } from '../helpers/three-issues.ts'

describe.skipIf(!(await requireBrowser()))('the shell of the studio', () => {
  let browser: Browser
  let page: Page
  let root: string
  let dev: Dev
  let complaints: string[]

  beforeAll(async () => {
    browser = await openBrowser()
    root = makeThreeIssues()
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

  const openPage = async (colorScheme: 'light' | 'dark', width = 1280, height = 720) => {
    complaints = []
    const opened = await browser.newPage({ colorScheme, reducedMotion: 'reduce', viewport: { width, height } })
    opened.setDefaultTimeout(20_000)
    opened.on('pageerror', (error) => complaints.push(error.message))
    opened.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    return opened
  }
  const open = async (route: string) => await page.goto(`${dev.url}/${route}`)
  const mail = () => page.frameLocator('iframe:not(.coming)').first()
  const heading = (name: string) => page.getByRole('heading', { level: 1, name })
  const palette = () => page.getByRole('combobox', { name: 'Go to anything' })
  const chosen = () => page.getByRole('option', { selected: true })

  test('is walked through without a mouse', async () => {
    await open('')
    await mail().getByText('Words of Alpha').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('middle')
    await page.keyboard.press('Enter')
    await heading('Beta in the middle').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('3')
    await page.waitForURL(/beta\/text$/)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('j')
    await page.waitForURL(/gamma\/text$/)
    await page.keyboard.press('k')
    await page.keyboard.press('k')
    await page.waitForURL(/alpha\/text$/)
    for (const [key, place] of [
      ['i', 'Inbox'],
      ['b', 'Blocks'],
      ['s', 'Sends'],
    ] as const) {
      await page.keyboard.press(key)
      await page.getByRole('link', { name: place, exact: true }).and(page.locator('[aria-current=page]')).waitFor()
    }
    await page.keyboard.press('s')
    await heading('Alpha and more').waitFor()
  })

  test('keys that are listed are the keys that work', async () => {
    await open('#/issues/alpha/text')
    await heading('Alpha and more').waitFor()
    await page.keyboard.press('?')
    const list = page.getByRole('dialog', { name: 'Keys' })
    const rows = await list.locator('dl > div').evaluateAll((lines) =>
      lines.map((line) => ({
        keys: [...line.querySelectorAll('kbd')].map((key) => key.textContent),
        does: line.querySelector('dd')?.textContent ?? '',
      })),
    )
    await page.keyboard.press('Escape')
    await list.waitFor({ state: 'detached' })
    const views = ['Mail', 'Grid', 'Text', 'Headers', 'Raw', 'Source', 'Tree', 'Findings', 'Weight', 'Test', 'Plan']
    expect(rows.map(({ does }) => does)).toEqual(expect.arrayContaining(views))
    for (const view of views) {
      await page.keyboard.press(rows.find(({ does }) => does === view)?.keys[0]?.toLowerCase() ?? '')
      await page.waitForURL(new RegExp(`alpha/${view.toLowerCase()}$`))
    }
  })

  test('goes anywhere by the palette, also from inside a mail', async () => {
    await open('#/issues/alpha/mail')
    await mail().getByText('Words of Alpha').click()
    await page.keyboard.press('Control+k')
    await palette().fill('gamma')
    expect(await chosen().innerText()).toContain('Gamma at the end')
    await page.keyboard.press('Enter')
    await mail().getByText('Words of Gamma').waitFor()
    await page.keyboard.press('Control+k')
    await palette().fill('grace')
    await page.getByRole('option', { name: /Grace Example/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(/gamma\/mail\?reader=grace/)
    await mail().getByText('Hello Grace Example.').waitFor()
    await page.keyboard.press('Control+k')
    await palette().fill('weight')
    await page.keyboard.press('Enter')
    await page.waitForURL(/gamma\/weight\?reader=grace/)
    await page.keyboard.press('Control+k')
    await palette().fill('no such words')
    await page.getByText('Nothing has these words.').waitFor()
    await page.keyboard.press('Escape')
    await palette().waitFor({ state: 'detached' })
  })

  test('chooses in the palette by the arrows, and by the mouse', async () => {
    await open('#/issues/beta/mail')
    await mail().getByText('Words of Beta').waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('option', { name: /Alpha and more/ }).waitFor()
    const first = await chosen().innerText()
    await page.keyboard.press('ArrowDown')
    await expect.poll(async () => await chosen().innerText()).not.toBe(first)
    expect(await chosen().count()).toBe(1)
    await page.keyboard.press('ArrowUp')
    await expect.poll(async () => await chosen().innerText()).toBe(first)
    await page.getByRole('option', { name: 'New issue' }).click()
    await page.getByRole('dialog', { name: 'New issue' }).waitFor()
  })

  test('an address survives a reload whole', async () => {
    const address = '#/issues/beta/mail?reader=grace&device=375&scheme=dark&images=off'
    await open(address)
    for (const isAgain of [false, true]) {
      if (isAgain) await page.reload()
      await mail().getByText('Hello Grace Example.').waitFor()
      expect(page.url()).toBe(`${dev.url}/${address}`)
      expect(
        await page
          .locator('iframe:not(.coming)')
          .first()
          .evaluate((frame) => frame.clientWidth),
      ).toBe(375)
    }
  })

  test.for([
    ['#/nonsense/of/all/kinds', 'Alpha and more'],
    ['#/issues/beta/nonsense', 'Beta in the middle'],
    ['#/issues/beta/mail?device=huge&scheme=blue&images=perhaps', 'Beta in the middle'],
    ['#/issues/%E0%A4%A/mail', 'Alpha and more'],
  ] as const)('%s falls back', async ([address, title]) => {
    await open(address)
    await heading(title).waitFor()
    await mail().getByText(`Words of ${title}`).waitFor()
  })

  test('says what is not there, and where to go from it', async () => {
    await open('#/issues/alpha/mail?reader=nobody')
    await page.getByRole('button', { name: 'Show it as the first reader' }).click()
    await mail().getByText('Hello Ada.').waitFor()
    await open('#/issues/none/mail')
    await page.getByRole('link', { name: 'Open the newest issue' }).click()
    await heading('Alpha and more').waitFor()
    complaints = complaints.filter((line) => !/404|400/.test(line))
  })

  test('goes back and forth with the browser', async () => {
    await open('#/issues/alpha/mail')
    await mail().getByText('Words of Alpha').waitFor()
    await page.getByRole('link', { name: /Beta in the middle/ }).click()
    await mail().getByText('Words of Beta').waitFor()
    await page.getByRole('link', { name: 'Text', exact: true }).click()
    await page.waitForURL(/beta\/text$/)
    // How a mail is shown is no step of its own.
    await page.keyboard.press('1')
    await page.keyboard.press('d')
    await page.waitForURL(/beta\/mail\?scheme=dark$/)
    await page.goBack()
    await page.waitForURL(/beta\/text$/)
    await page.goBack()
    await page.goBack()
    await mail().getByText('Words of Alpha').waitFor()
    await page.goForward()
    await mail().getByText('Words of Beta').waitFor()
  })

  test('starts a new issue and opens it', async () => {
    await open('#/issues/alpha/mail')
    await heading('Alpha and more').waitFor()
    await page.keyboard.press('n')
    const dialog = page.getByRole('dialog', { name: 'New issue' })
    await dialog.getByLabel('Title').fill('Füße & more: a test')
    await dialog.getByLabel('Week').fill('2026-W40')
    expect(await dialog.getByLabel('Name of the file').inputValue()).toBe('2026-w40-fuße-more-a-test')
    await page.keyboard.press('Enter')
    await heading('Füße & more: a test').waitFor()
    const text = readFileSync(join(root, 'issues/2026-w40-fuße-more-a-test.md'), 'utf8')
    expect(text).toContain('title: "Füße & more: a test"')
    expect(text).toContain('week: 2026-W40')
    await page.locator('.row[aria-current]', { hasText: 'Füße' }).waitFor()
    await page
      .getByRole('status')
      .getByText(/^Wrote issues\/2026-w40/)
      .waitFor()
    await page.keyboard.press('n')
    await dialog.getByLabel('Name of the file').fill('beta')
    await dialog.getByText('There is an issue of this name.').waitFor()
    expect(await dialog.getByRole('button', { name: 'Create and open' }).isDisabled()).toBe(true)
    await dialog.getByLabel('Name of the file').fill('../escape')
    await page.keyboard.press('Enter')
    await dialog.getByRole('alert').waitFor()
    rmSync(join(root, 'issues/2026-w40-fuße-more-a-test.md'))
    complaints = complaints.filter((line) => !/409|400/.test(line))
  })

  test('remembers the theme, and nothing else', async () => {
    await open('#/issues/alpha/mail')
    const theme = page.getByRole('button', { name: /^Theme/ })
    await theme.click()
    await page.getByRole('button', { name: 'Theme: Light' }).click()
    await page.getByRole('button', { name: 'Theme: Dark' }).waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Theme: Dark' }).waitFor()
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark')
    await page.keyboard.press('i')
    await page.keyboard.press('i')
    await mail().getByText('Words of Alpha').waitFor()
    expect(await page.evaluate(() => Object.fromEntries(Object.entries(localStorage)))).toEqual({
      'letterpress-theme': 'dark',
    })
    expect(await page.context().cookies()).toEqual([])
  })

  test('fits a phone', async () => {
    await page.context().close()
    page = await openPage('light', 390, 844)
    await open('#/issues/alpha/mail')
    await mail().getByText('Words of Alpha').waitFor()
    await page.getByRole('button', { name: 'Issues and inbox' }).click()
    await page.getByRole('link', { name: /Gamma at the end/ }).click()
    await mail().getByText('Words of Gamma').waitFor()
    // Away for the keyboard as well.
    await page.locator('.side[inert]').waitFor({ state: 'attached' })
    expect((await page.locator('.side').boundingBox())?.x).toBeLessThan(-300)
    await page.getByRole('link', { name: 'Plan', exact: true }).click()
    await page.waitForURL(/gamma\/plan$/)
    const tab = await page.getByRole('link', { name: 'Plan', exact: true }).boundingBox()
    expect((tab?.x ?? 999) + (tab?.width ?? 0)).toBeLessThanOrEqual(390)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    await page.locator('.top').getByRole('button', { name: 'Go to' }).click()
    await palette().fill('beta')
    await page.keyboard.press('Enter')
    await heading('Beta in the middle').waitFor()
  })

  test.for([
    ['light', 1280, 720],
    ['dark', 390, 844],
  ] as const)('has no accessibility violations, %s at %i × %i', async ([scheme, width, height]) => {
    await page.context().close()
    page = await openPage(scheme, width, height)
    await open('#/issues/alpha/mail')
    await mail().getByText('Words of Alpha').waitFor()
    const steps = [
      async () => await palette().waitFor({ state: 'detached' }),
      async () => await page.keyboard.press('Control+k'),
      async () => await palette().fill('a'),
      async () => await page.keyboard.press('Escape'),
      async () => await page.keyboard.press('?'),
      async () => await page.keyboard.press('Escape'),
      async () => await page.keyboard.press('n'),
      async () => await page.getByRole('dialog').getByLabel('Name of the file').fill('beta'),
      async () => await page.keyboard.press('Escape'),
      async () => await page.keyboard.press('l'),
      async () => (width < 500 ? await page.getByRole('button', { name: 'Issues and inbox' }).click() : undefined),
    ]
    for (const [index, step] of steps.entries()) {
      await step()
      await page.waitForTimeout(150)
      expect([index, await findViolations(page)]).toEqual([index, []])
    }
  })
})
