import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Preview, startPreview } from '../../src/preview/index.ts'
import { findViolations } from '../helpers/axe.ts'
import { openBrowser, requireBrowser } from '../helpers/browser.ts'
import { createFolderStudio, type FolderStudio } from '../preview/folder-studio.ts'

const LINES = Array.from({ length: 60 }, (_, index) => `Paragraph ${index}`)

describe.skipIf(!(await requireBrowser()))('the page of the preview', () => {
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
    await studio.write('w11', ['Papers of the week', ...LINES])
    await studio.write('w12', ['Another issue (draft)', 'FIXTURE-WARNING'])
    preview = await startPreview(studio.services, { port: 0, host: '127.0.0.1' })
    page = await openPage(null)
  })
  afterEach(async () => {
    await page.context().close()
    await preview.close()
    await studio.remove()
    expect(complaints).toEqual([])
  })

  const openPage = async (colorScheme: 'light' | 'dark' | null) => {
    complaints = []
    const opened = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 800 } })
    opened.setDefaultTimeout(20_000)
    opened.on('pageerror', (error) => complaints.push(error.message))
    opened.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    return opened
  }
  const open = async (route: string) => await page.goto(`${preview.url}/${route}`)
  const mail = () => page.frameLocator('iframe:not(.coming)')
  const readTop = async () =>
    await page
      .locator('iframe:not(.coming)')
      .evaluate((frame: HTMLIFrameElement) => frame.contentDocument?.scrollingElement?.scrollTop)

  test('opens the first issue and shows its mail', async () => {
    await open('')
    await mail().getByText('FIXTURE-WARNING').waitFor()
    expect(page.url()).toMatch(/#\/issues\/w12\/mail$/)
    await expectText(page, '#name', 'Papers Weekly')
    await expectText(page, '[aria-current] .row-title', 'Another issue (draft)')
    expect(await page.locator('.row').first().innerText()).toMatch(/Draft[\s\S]*1\s*warning/)
  })

  test('shows what was saved, without a reload and at the same place', async () => {
    await open('#/issues/w11/mail')
    await mail().getByText('Paragraph 59').waitFor()
    await page.evaluate(() => Object.assign(window, { wasHere: true }))
    await page.locator('iframe').evaluate((frame: HTMLIFrameElement) => frame.contentWindow?.scrollTo(0, 700))
    await studio.write('w11', ['Papers of the week', ...LINES, 'Just written'])
    await mail().getByText('Just written').waitFor({ state: 'attached' })
    expect(await readTop()).toBe(700)
    expect(await page.evaluate(() => 'wasHere' in window)).toBe(true)
    expect(await page.locator('iframe').count()).toBe(1)
  })

  test('updates titles and counts of the list', async () => {
    await open('#/issues/w11/mail')
    await studio.write('w12', ['A better title', 'FIXTURE-WARNING', 'FIXTURE-WARNING'])
    await page.locator('.row', { hasText: 'A better title' }).getByText('2 warnings').waitFor({ state: 'attached' })
    await studio.write('w13', ['A third one'])
    await page.locator('.row', { hasText: 'A third one' }).waitFor()
  })

  test('shows problems over the last good mail, and takes them away when they are gone', async () => {
    await open('#/issues/w11/mail')
    await mail().getByText('Paragraph 1', { exact: true }).waitFor()
    await studio.write('w11', ['Papers of the week', '::promp', ...LINES])
    await page.getByText('No block is named "promp"').waitFor()
    await expectText(page, '.broken strong', '1 problem in issues/w11.md')
    expect(await page.locator('.broken .frame').innerText()).toMatch('> 2 | ::promp')
    expect(await mail().getByText('Paragraph 1', { exact: true }).isVisible()).toBe(true)
    await studio.write('w11', ['Papers of the week', 'Mended'])
    await mail().getByText('Mended').waitFor()
    expect(await page.locator('.broken').count()).toBe(0)
  })

  test('shows the words of a broken configuration over the mail', async () => {
    await open('#/issues/w11/mail')
    await mail().getByText('Paragraph 1', { exact: true }).waitFor()
    complaints = []
    await writeFile(join(studio.root, 'letterpress.config.ts'), 'broken')
    await page.getByText('The configuration does not load.').waitFor()
    expect(await mail().getByText('Paragraph 1', { exact: true }).isVisible()).toBe(true)
    await writeFile(join(studio.root, 'letterpress.config.ts'), 'Papers Monthly')
    await expectText(page, '#name', 'Papers Monthly')
    await page.getByText('The configuration does not load.').waitFor({ state: 'detached' })
    // The browser notes each answer that is not 200.
    complaints = complaints.filter((line) => !line.includes('500'))
  })

  test('walks by keys, also from inside the mail', async () => {
    await open('#/issues/w12/mail')
    await mail().getByText('FIXTURE-WARNING').waitFor()
    await page.keyboard.press('j')
    await page.waitForURL(/w11\/mail$/)
    await mail().getByText('Paragraph 2', { exact: true }).click()
    await page.keyboard.press('8')
    await page.waitForURL(/w11\/findings$/)
    await page.keyboard.press('ArrowUp')
    await page.waitForURL(/w12\/findings$/)
    await page.getByText('A note to yourself is still in the text.').waitFor()
    await page.keyboard.press('3')
    await page.waitForURL(/w12\/text$/)
    expect(await page.locator('.plain').innerText()).toMatch('FIXTURE-WARNING')
    await page.keyboard.press('4')
    await page.locator('dt', { hasText: 'List-Unsubscribe' }).waitFor()
  })

  test('shows the mail at the width and in the scheme of the address', async () => {
    await open('#/issues/w11/mail?device=375&scheme=dark')
    await mail().getByText('Paragraph 1', { exact: true }).waitFor()
    const colour = async () =>
      await mail()
        .locator('body')
        .evaluate((body) => getComputedStyle(body).backgroundColor)
    expect(await page.locator('iframe').evaluate((frame) => frame.clientWidth)).toBe(375)
    expect(await colour()).toBe('rgb(27, 27, 29)')
    await page.locator('label', { hasText: 'Light' }).click()
    await page.locator('label', { hasText: '768' }).click()
    await page.waitForURL(/mail\?device=768$/)
    await expect.poll(colour).toBe('rgb(255, 255, 255)')
    await expect.poll(async () => await page.locator('iframe').evaluate((frame) => frame.clientWidth)).toBe(768)
  })

  const HOSTILE = [
    '<script>parent.document.title = "owned"</script><img src="x" onerror="parent.document.title = \'owned\'">',
    '<meta http-equiv="refresh" content="0; url=https://example.com/">',
    '<a id="js" href="javascript:parent.document.title=\'owned\'">js</a> <a id="out" href="/mail/w11">out</a> <a id="up" href="#top">up</a>',
    '<svg><a id="svg" href="/mail/w11"><text y="20">svg</text></a><a id="old" xlink:href="/mail/w11"><text y="40">old</text></a></svg>',
    '<iframe src="/api/issues"></iframe><form action="/api/issues"><button id="send">send</button></form>',
  ]

  test.for([
    ['when it is opened', false],
    ['when it is saved while it is open', true],
  ] as const)('runs nothing that stands in a mail, and leaves with its links, %s', async ([, isSaved]) => {
    await studio.write('w13', ['Hostile', ...(isSaved ? ['Harmless'] : HOSTILE)])
    await open('#/issues/w13/mail')
    if (isSaved) {
      await mail().getByText('Harmless').waitFor()
      await studio.write('w13', ['Hostile', ...HOSTILE])
    }
    await mail().locator('#out').waitFor()
    expect(await mail().locator('#out').getAttribute('target')).toBe('_blank')
    expect(await mail().locator('#svg').getAttribute('target')).toBe('_blank')
    expect(await mail().locator('#old').getAttribute('target')).toBe('_blank')
    expect(await mail().locator('#up').getAttribute('target')).toBeNull()
    const [popup] = await Promise.all([page.waitForEvent('popup'), mail().locator('#out').click()])
    expect(await popup.evaluate(() => opener)).toBeNull()
    await popup.close()
    await mail().locator('#js').click()
    await mail().locator('#send').click()
    await page.waitForTimeout(200)
    expect(await page.title()).toBe('Hostile – Papers Weekly')
    expect(await mail().locator('#out').isVisible()).toBe(true)
    expect(complaints.length).toBeGreaterThan(0)
    expect(complaints.filter((line) => !/Blocked|Content Security Policy|404|sandbox/i.test(line))).toEqual([])
    complaints = []
  })

  test('shows mail as it arrives in the inbox', async () => {
    await open('#/inbox')
    await page.getByText('Nothing here yet').waitFor()
    await studio.deliver(
      '2026-01-01-1',
      'From: a@example.com\nTo: b@example.com\nSubject: First\nContent-Type: text/html\n\n<p>Hello <b>there</b></p>\n',
    )
    await page.getByRole('link', { name: /First/ }).click()
    await mail().getByText('there').waitFor()
    await page.getByRole('link', { name: 'Headers' }).click()
    await page.locator('dd', { hasText: 'b@example.com' }).waitFor()
    await page.getByRole('link', { name: 'Raw' }).click()
    await page.getByText('<p>Hello <b>there</b></p>').waitFor()
  })

  test('says when the server is gone and goes on when it is back', async () => {
    await open('#/issues/w11/mail')
    await mail().getByText('Paragraph 1', { exact: true }).waitFor()
    await preview.close()
    await expectText(page, '#status', 'The preview server has stopped.')
    await studio.write('w11', ['Papers of the week', 'Written meanwhile'])
    preview = await startPreview(studio.services, { port: preview.port, host: '127.0.0.1' })
    await mail().getByText('Written meanwhile').waitFor()
    await expectText(page, '#status', 'Up to date')
    complaints = complaints.filter((line) => !/ERR_/.test(line))
  })

  test.for(['light', 'dark'] as const)('has no accessibility violations, %s', async (scheme) => {
    await page.context().close()
    page = await openPage(scheme)
    await studio.write('w13', ['Broken', '::promp', 'FIXTURE-WARNING'])
    await studio.deliver(
      '2026-01-01-1',
      'From: a@example.com\nTo: b@example.com\nSubject: First\nContent-Type: text/html\n\n<p>Hello</p>\n',
    )
    // Also a problem over a mail.
    await open('#/issues/w11/mail')
    await mail().getByText('Paragraph 1', { exact: true }).waitFor()
    await studio.write('w11', ['Papers', '::promp'])
    await page.locator('.broken').waitFor()
    expect(await findViolations(page)).toEqual([])
    const routes = [
      '#/inbox/2026-01-01-1/html',
      '#/inbox/2026-01-01-1/headers',
      '#/inbox/2026-01-01-1/raw',
      '#/issues/none/mail',
    ]
    for (const route of routes) {
      await open(route)
      await page.locator('.loading').waitFor({ state: 'detached' })
      await page.waitForTimeout(250)
      expect([route, await findViolations(page)]).toEqual([route, []])
    }
    complaints = complaints.filter((line) => !line.includes('404'))
  })
})

async function expectText(page: Page, selector: string, text: string): Promise<void> {
  await page.locator(selector, { hasText: text }).first().waitFor()
}
