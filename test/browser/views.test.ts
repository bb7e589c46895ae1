import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addReaders } from '../commands/send-make.ts'
import { findViolations } from '../helpers/axe.ts'
import { openBrowser, requireBrowser } from '../helpers/browser.ts'
import { makeNewsletter } from '../helpers/newsletter.ts'
import { openStudio } from '../studio/open-studio.ts'

const LINES = Array.from({ length: 40 }, (_, index) => `Paragraph ${index} of the issue.`).join('\n\n')
const ISSUE = `---
title: Papers of the week
week: 2026-W34
preheader: A line that says more
---
Hello {{ subscriber.name }}, read [this](https://example.com/a?b=c).

![A boat on a lake](a/boat.png)

${LINES}

## First section

### [An entry](https://example.com/entry)

Last words of the entry.
`
const READERS = `readers:
  - { id: ada, email: ada@example.com, name: Ada, language: en }
  - { id: grace, email: grace@example.com, tags: [navy] }
  - { id: laila, email: laila@example.com, name: ليلى, language: ar }
`
// Outlook answers the media query of the mail, and its own marks.
const STYLE = `p,td{margin:0} .by-media{background-color:#ffffff}
@media (prefers-color-scheme:dark){.by-media{background-color:#101010}}
[data-ogsc] .answered{color:#00ff00}`
const TEMPLATE = `import type { TemplateProps } from 'letterpress/define'

export default function Probe({ issue }: TemplateProps) {
  return (
    <html lang="en">
      <head><title>{issue.title}</title><style>{${JSON.stringify(STYLE)}}</style></head>
      <body style={{ backgroundColor: '#ffffff', color: '#222222' }}>
        <p id="text">Text on white</p>
        <div style={{ backgroundColor: '#112233' }}><p id="on-dark" style={{ color: '#ffffff' }}>Text on dark</p></div>
        <p id="media" className="by-media">By media</p>
        <p id="answered" className="answered">Answered</p>
        <div id="picture" style={{ backgroundImage: 'url(https://example.com/x.png)' }}>Picture</div>
      </body>
    </html>
  )
}
`
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe.skipIf(!(await requireBrowser()))('views of an issue', () => {
  let browser: Browser
  let page: Page
  let url: string
  let root: string
  let complaints: string[]

  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
  })
  beforeEach(async () => {
    root = makeNewsletter({
      'issues/a.md': ISSUE,
      'issues/a/boat.png': PIXEL,
      'issues/probe.md': ISSUE.replace('preheader:', 'template: probe\npreheader:').replaceAll('a/boat', 'probe/boat'),
      'issues/probe/boat.png': PIXEL,
      'emails/probe.tsx': TEMPLATE,
      'readers.yaml': READERS,
    })
    await addReaders(root, 3)
    url = (await openStudio(root)).preview.url
    page = await openPage(null)
  })
  afterEach(async () => {
    await page.context().close()
    expect(complaints).toEqual([])
  })

  const openPage = async (colorScheme: 'light' | 'dark' | null, viewport = { width: 1280, height: 720 }) => {
    complaints = []
    const opened = await browser.newPage({ colorScheme, reducedMotion: 'reduce', viewport })
    opened.setDefaultTimeout(10_000)
    opened.on('pageerror', (error) => complaints.push(error.message))
    opened.on('console', (message) => {
      // Remote images, images that are off, and Playwright's own timers inside a frame that runs nothing.
      if (message.type() === 'error' && !/ERR_NAME_NOT_RESOLVED|data:,|Blocked script execution/.test(message.text()))
        complaints.push(message.text())
    })
    return opened
  }
  const open = async (route: string) => await page.goto(`${url}/#/issues/${route}`)
  const mail = () => page.frameLocator('.bench iframe:not(.coming)')
  const frame = () => page.locator('.bench iframe:not(.coming)')
  const readTop = async () =>
    await frame().evaluate((element: HTMLIFrameElement) => element.contentDocument?.scrollingElement?.scrollTop)
  const readWidth = async () => await frame().evaluate((element) => element.clientWidth)

  test('mail is as wide as the device, the handle or the keys make it', async () => {
    await open('a/mail?device=375')
    await mail().getByText('Paragraph 1 of').waitFor()
    const handle = page.getByRole('separator', { name: 'Width of the mail' })
    const box = await handle.boundingBox()
    expect([await readWidth(), box === null]).toEqual([375, false])
    await page.mouse.move((box?.x ?? 0) + 7, (box?.y ?? 0) + 100)
    await page.mouse.down()
    await page.mouse.move((box?.x ?? 0) + 57, (box?.y ?? 0) + 140, { steps: 4 })
    await page.getByText('475 px').waitFor()
    await page.mouse.up()
    await page.waitForURL(/device=475$/)
    await handle.focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Shift+ArrowLeft')
    await page.waitForURL(/device=464$/)
    await expect.poll(readWidth).toBe(464)
    expect(await handle.getAttribute('aria-valuenow')).toBe('464')
    await page.keyboard.press('End')
    await page.getByText(/^1024 px, shown at \d\d %$/).waitFor()
    expect(await readWidth()).toBe(1024)
    const shown = await frame().boundingBox()
    expect(shown?.width).toBeLessThan(970)
  })

  const colours = async () => {
    const read = async (id: string) =>
      await mail()
        .locator(id)
        .evaluate((element) => {
          const { color, backgroundColor } = getComputedStyle(element)
          return [color, backgroundColor].join(' ')
        })
    return {
      body: await read('body'),
      onDark: await read('#on-dark'),
      media: await read('#media'),
      answered: await read('#answered'),
    }
  }
  const NONE = 'rgba(0, 0, 0, 0)'
  const WRITTEN = {
    body: 'rgb(34, 34, 34) rgb(255, 255, 255)',
    onDark: `rgb(255, 255, 255) ${NONE}`,
    media: 'rgb(34, 34, 34) rgb(255, 255, 255)',
    answered: `rgb(34, 34, 34) ${NONE}`,
  }

  test('the dark is the mail’s own, or as an app forces it', async () => {
    await open('probe/mail')
    await mail().getByText('Text on white').waitFor()
    expect(await colours()).toEqual(WRITTEN)
    await page.getByText('Dark', { exact: true }).click()
    await expect.poll(colours).toEqual({ ...WRITTEN, media: 'rgb(34, 34, 34) rgb(16, 16, 16)' })
    await page.getByText('Gmail', { exact: true }).click()
    await page.getByText('Emulated: Gmail on Android').waitFor()
    await expect.poll(colours).toEqual({
      body: 'rgb(222, 222, 222) rgb(31, 31, 31)',
      onDark: `rgb(255, 255, 255) ${NONE}`,
      media: 'rgb(222, 222, 222) rgb(31, 31, 31)',
      answered: `rgb(222, 222, 222) ${NONE}`,
    })
    await page.getByText('Gmail iOS', { exact: true }).click()
    await expect.poll(async () => (await colours()).onDark).toBe(`rgb(0, 0, 0) ${NONE}`)
    expect((await colours()).body).toMatch(/ rgb\(0, 0, 0\)$/)
    await page.getByText('Outlook', { exact: true }).click()
    await expect.poll(async () => (await colours()).body).toMatch(/ rgb\(51, 51, 51\)$/)
    expect(await colours()).toMatchObject({
      // Dark already by the mail's own rule.
      media: expect.stringMatching(/ rgb\(16, 16, 16\)$/) as string,
      answered: `rgb(0, 255, 0) ${NONE}`,
    })
    // A save while it is dark, and back.
    writeFileSync(join(root, 'emails/probe.tsx'), TEMPLATE.replace('Text on white', 'Saved'))
    await mail().getByText('Saved').waitFor()
    await expect.poll(async () => (await colours()).body).toMatch(/ rgb\(51, 51, 51\)$/)
    await page.getByText('Light', { exact: true }).click()
    await expect.poll(colours).toEqual(WRITTEN)
    expect(await mail().locator('html').getAttribute('data-ogsc')).toBeNull()
  })

  test('images go, and their alternative texts stay', async () => {
    await open('a/mail')
    const image = mail().locator('img[alt="A boat on a lake"]')
    await image.waitFor()
    const width = async () => await image.evaluate((element: HTMLImageElement) => element.naturalWidth)
    await expect.poll(width).toBe(1)
    await page.getByLabel('Images').uncheck()
    await page.waitForURL(/images=off/)
    await expect.poll(width).toBe(0)
    await open('probe/mail?images=off')
    const picture = mail().locator('#picture')
    await expect
      .poll(async () => await picture.evaluate((element) => getComputedStyle(element).backgroundImage))
      .toBe('none')
    await page.locator('main, #main').first().focus()
    await page.keyboard.press('m')
    await expect
      .poll(async () => await picture.evaluate((element) => getComputedStyle(element).backgroundImage))
      .toContain('example.com')
  })

  test('a mail keeps its place through another view and a reload', async () => {
    await open('a/mail')
    await mail().getByText('Paragraph 39 of').waitFor({ state: 'attached' })
    await frame().evaluate((element: HTMLIFrameElement) => element.contentWindow?.scrollTo(0, 800))
    await page.getByRole('link', { name: 'Text', exact: true }).click()
    await page.getByLabel('Text part', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'Mail', exact: true }).click()
    await expect.poll(readTop).toBe(800)
    await page.reload()
    await mail().getByText('Paragraph 39 of').waitFor({ state: 'attached' })
    await expect.poll(readTop).toBe(800)
  })

  test('the grid shows devices, schemes and readers, each a way to its mail', async () => {
    await open('a/grid')
    await page.locator('.cell iframe').nth(3).waitFor({ state: 'attached' })
    expect(await page.locator('.cell').count()).toBe(4)
    await page.getByRole('combobox', { name: 'Further readers' }).click()
    await page.getByRole('option').first().waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.keyboard.type('ليل')
    await page.keyboard.press('Enter')
    await page.waitForURL(/at=laila/)
    await page.keyboard.press('Escape')
    const cell = page.getByRole('region', { name: 'ليلى' }).getByRole('link', { name: 'Phone, Dark' })
    await cell.scrollIntoViewIfNeeded()
    await cell.frameLocator('iframe:not(.coming)').getByText('Hello ليلى').waitFor({ state: 'attached' })
    await cell.click()
    await page.waitForURL(/a\/mail\?reader=laila&device=375&scheme=dark$/)
    await mail().getByText('Hello ليلى').waitFor()
  })

  test('the text part has links that can be followed', async () => {
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
    await open('a/tree')
    const entry = page.locator('.node', { hasText: '1.1 An entry' })
    await entry.waitFor()
    const [asked] = await Promise.all([
      page.waitForRequest(/\/api\/editor/),
      entry.getByRole('button', { name: /^lines? \d+/ }).click(),
    ])
    const line = ISSUE.split('\n').findIndex((text) => text.startsWith('### ')) + 1
    expect(asked.method() === 'GET' ? asked.url() : asked.postData()).toMatch(new RegExp(`line(=|":)${line}\\b`))
    await page.getByRole('link', { name: '1.1 An entry' }).click()
    await page.waitForURL(/a\/mail\?at=/)
    await expect.poll(readTop).toBeGreaterThan(500)
    await expect.poll(async () => await isInSight(mail().getByText('Last words of the entry.'))).toBe(true)
    complaints = complaints.filter((text) => !/vscode|scheme does not have/.test(text))
  })

  test('the issue is shown as any reader gets it, who is chosen by keys', async () => {
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
    ['dark', 1280, 720],
    ['light', 390, 844],
    ['dark', 390, 844],
  ] as const)('has no accessibility violations, %s, %i', async ([scheme, width, height]) => {
    await page.context().close()
    page = await openPage(scheme, { width, height })
    for (const view of VIEWS) {
      await open(`a/${view}`)
      await page
        .locator('.bench iframe, .cell iframe, .plain, .fields, .wire, .node')
        .filter({ visible: true })
        .first()
        .waitFor()
      await page.waitForTimeout(300)
      expect([view, await findViolations(page)]).toEqual([view, []])
      const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
      expect([view, isWide]).toEqual([view, false])
    }
  })
})

async function isInSight(element: Locator): Promise<boolean> {
  return await element.evaluate((found) => {
    const { top, bottom } = found.getBoundingClientRect()
    return top >= 0 && bottom <= (found.ownerDocument.defaultView?.innerHeight ?? 0)
  })
}

async function expectText(element: Locator, text: string): Promise<void> {
  await expect.poll(async () => await element.innerText()).toBe(text)
}
