import type { Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findViolations } from '../helpers/axe.ts'
import { requireBrowser } from '../helpers/browser.ts'
import { isInSight, openViewStudio, type ViewPage, type ViewStudio, VIEWS_ISSUE } from './views-make.ts'

describe.skipIf(!(await requireBrowser()))('further views of an issue', () => {
  let studio: ViewStudio
  let view: ViewPage

  beforeAll(async () => {
    studio = await openViewStudio()
  })
  afterAll(async () => {
    await studio.close()
  })
  beforeEach(async () => {
    view = await studio.openPage()
  })
  afterEach(async () => {
    await view.page.context().close()
    expect(view.complaints).toEqual([])
  })

  test('the text part has links that can be followed', async () => {
    const { page, open } = view
    await open('a/text')
    const link = page.getByLabel('Text part', { exact: true }).getByRole('link', { name: 'https://example.com/a?b=c' })
    await link.waitFor()
    expect([await link.getAttribute('target'), await link.getAttribute('rel')]).toEqual([
      '_blank',
      'noopener noreferrer',
    ])
    await page.getByText(/\d+ lines, at most \d+ columns/).waitFor()
  })

  test('fields of the header explain themselves, decoded or as sent', async () => {
    const { page, open } = view
    await open('a/headers?reader=laila')
    await page.locator('dd', { hasText: 'ليلى <laila@example.com>' }).waitFor()
    const name = page.getByRole('button', { name: /^Message-ID/ })
    const note = page.getByText('Name of this one message in all the world')
    expect(await note.isVisible()).toBe(false)
    await name.focus()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Tab')
    await note.waitFor()
    await page.locator('.figures', { hasText: 'fields' }).hover()
    await page.getByText('As sent').click()
    await page.locator('dd', { hasText: '=?utf-8?' }).first().waitFor()
    expect(await page.locator('.folded').allInnerTexts()).toContainEqual(expect.stringMatching(/\n[ \t]/))
  })

  test('the raw message shows folds and boundaries, and leads to its parts', async () => {
    const { page, open } = view
    await open('a/raw')
    await page.locator('.wire[data-kind=fold]').first().waitFor()
    expect(await page.locator('.wire[data-kind=boundary]').count()).toBeGreaterThanOrEqual(3)
    const html = page.locator('.wire', { hasText: 'Content-Type: text/html' })
    await page.getByRole('button', { name: /^text\/html, / }).click()
    await expect.poll(async () => await isInSight(html)).toBe(true)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download .eml' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('a.eml')
  })

  test('the source is searched by keys', async () => {
    const { page, open } = view
    await open('a/source')
    const field = page.getByLabel('Search in the HTML')
    const status = page.getByRole('status').filter({ hasText: /of \d+|Not found/ })
    await field.fill('PARAGRAPH 1')
    await expectText(status, '1 of 11')
    await field.press('Enter')
    await expectText(status, '2 of 11')
    await field.press('Shift+Enter')
    await field.press('Shift+Enter')
    await expectText(status, '11 of 11')
    const marks = async () =>
      await page.evaluate(() => [...CSS.highlights].map(([name, { size }]) => `${name} ${size}`).toSorted())
    expect(await marks()).toEqual(['found 11', 'found-current 1'])
    await field.fill('nowhere at all')
    await expectText(status, 'Not found')
    await field.press('Escape')
    expect([await field.inputValue(), await marks()]).toEqual(['', ['found 0']])
    await page.getByLabel('Wrap lines').uncheck()
    expect(await page.locator('.numbered').getAttribute('data-wraps')).toBeNull()
  })

  test('the tree leads to the place in the mail and to the line in the editor', async () => {
    const { page, complaints, open, mail, readTop } = view
    await open('a/tree')
    const entry = page.locator('.node', { hasText: '1.1 An entry' })
    await entry.waitFor()
    const [asked] = await Promise.all([
      page.waitForRequest(/\/api\/editor/),
      entry.getByRole('button', { name: /^lines? \d+/ }).click(),
    ])
    const line = VIEWS_ISSUE.split('\n').findIndex((text) => text.startsWith('### ')) + 1
    expect(asked.method() === 'GET' ? asked.url() : asked.postData()).toMatch(new RegExp(`line(=|":)${line}\\b`))
    await page.getByRole('link', { name: '1.1 An entry' }).click()
    await page.waitForURL(/a\/mail\?at=/)
    await expect.poll(readTop).toBeGreaterThan(500)
    await expect.poll(async () => await isInSight(mail().getByText('Last words of the entry.'))).toBe(true)
    const rest = complaints.filter((text) => !/vscode|scheme does not have/.test(text))
    complaints.splice(0, complaints.length, ...rest)
  })

  test('the issue is shown as any reader gets it, who is chosen by keys', async () => {
    const { page, open, mail } = view
    await open('a/mail')
    await mail().getByText('Hello Ada').waitFor()
    await page.locator('#main').focus()
    await page.keyboard.press('r')
    const field = page.getByLabel('Search the readers')
    await field.waitFor()
    await page.getByRole('option', { name: /reader-1@example\.com/ }).waitFor()
    expect(await findViolations(page)).toEqual([])
    await field.fill('navy')
    await page.getByRole('option', { name: /reader-1@/ }).waitFor({ state: 'detached' })
    await page.getByRole('option', { name: /grace@example\.com/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(/reader=grace/)
    await page.getByText(/^Lacks subscriber\.name/).waitFor()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('reader-picker')
    await page.keyboard.press('Enter')
    await field.fill('ليلى')
    await page.getByRole('option', { name: /ليلى/ }).click()
    await mail().getByText('Hello ليلى').waitFor()
    await page.locator('.reader').getByText('ar', { exact: true }).waitFor()
  })

  const VIEWS = ['mail?device=414&scheme=outlook', 'grid?at=grace', 'text', 'headers', 'raw', 'source', 'tree']
  test.for([
    ['light', 1280, 720],
    ['dark', 390, 844],
  ] as const)('has no accessibility violations, %s, %i', async ([scheme, width, height]) => {
    await view.page.context().close()
    view = await studio.openPage({ colorScheme: scheme, width, height })
    const { page, open } = view
    for (const name of VIEWS) {
      await open(`a/${name}`)
      await page
        .locator('.bench iframe, .cell iframe, .plain, .fields, .wire, .node')
        .filter({ visible: true })
        .first()
        .waitFor()
      await page.waitForTimeout(300)
      expect([name, await findViolations(page)]).toEqual([name, []])
      const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
      expect([name, isWide]).toEqual([name, false])
    }
  })
})

async function expectText(element: Locator, text: string): Promise<void> {
  await expect.poll(async () => await element.innerText()).toBe(text)
}
