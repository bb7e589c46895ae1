import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../src/base/index.ts'
import type { Finding } from '../../src/check/index.ts'
import { findViolations } from '../helpers/axe.ts'
import { openBrowser, requireBrowser } from '../helpers/browser.ts'
import { spawnCli } from '../helpers/cli.ts'
import { type Dev, startDev } from '../helpers/dev.ts'
import { repository } from '../helpers/newsletter.ts'
import { BROKEN, CLOBBER, HOSTILE, LOUD, LOUD_TEMPLATE, SEEDED } from './findings-samples.ts'

interface Card {
  readonly code: string
  readonly look: string
  readonly message: string
  readonly place: string
}

describe.skipIf(!(await requireBrowser()))('findings in the studio', () => {
  let browser: Browser
  let page: Page
  let root: string
  let dev: Dev
  let evil: Server
  let address: string
  let hits: string[] = []

  const write = (file: string, content: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), content)
  }
  beforeAll(async () => {
    browser = await openBrowser()
    evil = createServer((request, response) => {
      hits.push(request.url ?? '')
      response.end()
    })
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(evil.address() as AddressInfo).port}`
    root = mkdtempSync(join(tmpdir(), 'letterpress-findings-'))
    for (const name of ['issues', 'emails', 'templates', 'readers.yaml', 'letterpress.config.ts', 'package.json'])
      cpSync(join(repository, name), join(root, name), { recursive: true })
    symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'))
    write('issues/seeded.md', SEEDED)
    write('issues/broken.md', BROKEN)
    write('issues/loud.md', LOUD)
    write('emails/loud.tsx', LOUD_TEMPLATE)
    for (const [name, piece] of [
      ['hostile', HOSTILE.join('\n').replaceAll('EVIL', address)],
      ['clobber', CLOBBER],
    ] as const) {
      write(`issues/${name}.md`, LOUD.replace('template: loud', `template: ${name}`))
      write(
        `emails/${name}.tsx`,
        `export default () => <html><body style={{ background: '#fff' }} dangerouslySetInnerHTML={{ __html: ${JSON.stringify(piece)} }} /></html>\n`,
      )
    }
    dev = await startDev(root)
  })
  afterAll(async () => {
    await browser.close()
    evil.closeAllConnections()
    evil.close()
    expect(await dev.stop()).toBe(0)
    rmSync(root, { recursive: true, force: true })
  })
  afterEach(async () => {
    await page.context().close()
  })

  /** @param theme - of the studio; the browser's own is left to each frame. */
  const open = async (route: string, { theme = 'light', width = 1280, height = 720 } = {}) => {
    page = await browser.newPage({ colorScheme: null, reducedMotion: 'reduce', viewport: { width, height } })
    page.setDefaultTimeout(20_000)
    await page.addInitScript((value) => localStorage.setItem('letterpress-theme', value), theme)
    await page.goto(`${dev.url}/${route}`)
  }
  const panel = () => page.locator('.content .findings')
  const cards = () => panel().locator('section:not([data-look=seen]) .card')
  const card = (code: string) => page.locator(`.card[data-code="${code}"]`).first()
  const untilSeen = async () => await page.locator('.sight:not([data-state=looking])').waitFor()

  test('are what the command says, for every issue', { timeout: 60_000 }, async () => {
    const { stdout } = await spawnCli(root, ['check', '--format', 'json'])
    const { issues } = JSON.parse(stdout) as {
      issues: { file: string; diagnostics: readonly Diagnostic[]; findings: readonly Finding[] }[]
    }
    expect(issues.length).toBeGreaterThan(9)
    expect(issues.find(({ file }) => file === 'issues/broken.md')?.diagnostics.length).toBeGreaterThan(1)
    expect(issues.find(({ file }) => file === 'issues/seeded.md')?.findings.length).toBeGreaterThan(3)
    await open('#/issues')
    for (const { file, diagnostics, findings } of issues) {
      const slug = file.replace(/^issues\/|\.\w+$/g, '')
      await page.evaluate((name) => (location.hash = `#/issues/${name}/findings`), slug)
      await page.locator(`.tabs [aria-current][href*="/${slug}/findings"]`).waitFor()
      const expected = [
        ...diagnostics.map(({ code, severity, message, ...rest }) => ({
          code,
          look: severity,
          message,
          place: placeOf(rest),
        })),
        ...findings.map(({ rule, severity, allowed, message, ...rest }) => ({
          code: rule,
          look: allowed === undefined ? severity : 'accepted',
          message,
          place: placeOf(rest),
        })),
      ]
      await expect.poll(async () => sort(await readCards(cards())), { timeout: 10_000 }).toEqual(sort(expected))
    }
  })

  test('follow the file as it is saved, and say why, what to do and who says so', async () => {
    await open('#/issues/seeded/findings')
    await card('link-shortener').getByText('SpamAssassin, rule HAS_SHORT_URL').waitFor()
    await page.getByRole('heading', { name: /3 warnings/ }).waitFor()
    const missing = card('anchor-missing')
    expect(await missing.locator('.frame').innerText()).toMatch(/> \d+ \| See \[the missing part\]/)
    expect(await missing.locator('.remedy').innerText()).toContain('#s-its-title')
    expect(await missing.locator('.why').innerText()).toContain('A tap on it does nothing')
    await page.evaluate(() => Object.assign(window, { wasHere: true }))
    write('issues/seeded.md', SEEDED.replace('[the missing part](#nowhere)', 'the part'))
    await missing.waitFor({ state: 'detached' })
    write('issues/seeded.md', SEEDED)
    await missing.waitFor()
    expect(await page.evaluate(() => 'wasHere' in window)).toBe(true)
    await open('#/issues/loud/findings')
    const link = card('unsubscribe-missing').getByRole('link', { name: 'RFC 2369 §3.2' })
    expect(await link.getAttribute('href')).toBe('https://www.rfc-editor.org/rfc/rfc2369#section-3.2')
  })

  test('lead to their place in the mail, again and again, and to the line in the editor', async () => {
    await open('#/issues/seeded/mail', { width: 1500 })
    const missing = page.locator('.dock').locator('.card[data-code="anchor-missing"]')
    const target = page.frameLocator('iframe').getByText('the missing part').first()
    await missing.getByRole('button', { name: 'Show in the mail' }).click()
    await expect.poll(async () => await isInSight(target)).toBe(true)
    await expect.poll(async () => await target.evaluate(countRings)).toBeGreaterThan(0)
    await target.evaluate((element) => element.ownerDocument.scrollingElement?.scrollTo(0, 0))
    await expect.poll(async () => await isInSight(target)).toBe(false)
    await missing.getByRole('button', { name: 'Show in the mail' }).press('Enter')
    await expect.poll(async () => await isInSight(target)).toBe(true)
    const line = SEEDED.split('\n').findIndex((text) => text.startsWith('See ')) + 1
    const asked = page.waitForResponse((response) => response.url().includes('/api/editor'))
    await missing.getByRole('button', { name: `issues/seeded.md:${line}:5` }).click()
    const { url } = (await (await asked).json()) as { url: string }
    expect(url).toMatch(new RegExp(`^vscode://file/.*/issues/seeded\\.md:${line}:5$`))
  })

  test('lead from the view to the mail on a phone, and beside it the dock folds away', async () => {
    await open('#/issues/seeded/findings', { width: 390, height: 844 })
    await card('section-empty').getByRole('button', { name: 'Show in the mail' }).click()
    await page.waitForURL(/seeded\/mail\?.*at=/)
    const target = page.frameLocator('iframe').getByText('An empty section').first()
    await expect.poll(async () => await isInSight(target)).toBe(true)
    expect(await page.locator('.dock, .dock-tab').count()).toBe(0)
    await page.context().close()
    await open('#/issues/seeded/mail')
    await page.getByRole('button', { name: /findings$/ }).click()
    await page.getByRole('complementary', { name: 'Findings' }).getByText('Nothing in the mail has the id').waitFor()
    await page.getByRole('button', { name: 'Hide the findings' }).click()
    await page.getByRole('complementary', { name: 'Findings' }).waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('dock-tab')
  })

  test('stand over the last good mail while the file is broken', async () => {
    await open('#/issues/seeded/mail', { width: 1500 })
    const mail = page.frameLocator('iframe:not(.coming)')
    await mail.getByText('Paragraph 1 of').waitFor()
    write('issues/seeded.md', SEEDED.replace('More words.', '::promp{name="x"}'))
    await page.locator('.broken').getByText('No block is named "promp"').waitFor()
    expect(await mail.getByText('Paragraph 1 of').isVisible()).toBe(true)
    await page
      .locator('.broken')
      .getByRole('button', { name: /seeded\.md:\d+:\d+/ })
      .waitFor()
    write('issues/seeded.md', SEEDED)
    await page.locator('.broken').waitFor({ state: 'detached' })
  })

  test('tell what is seen of the mail in the page: contrast, also where it is not known, and small links', async () => {
    await open('#/issues/loud/findings')
    await untilSeen()
    const seen = panel().locator('[data-look=seen] .card')
    const said = (await seen.allInnerTexts()).join('\n')
    expect(said).toContain(
      'The contrast of “Pale words on white paper.” is 2.84:1, #999999 on #ffffff; 4.5:1 is needed.',
    )
    expect(said).toContain('“Loud and pale” cannot be seen: the text is #ffffff, and so is what it lies on.')
    expect(said).toContain('The contrast of “Words over a gradient.” is not known: it lies over a gradient.')
    expect(said).toMatch(/The link “2” \(and 1 more\) is hard to tap: [\d.]+ × [\d.]+ pixels/)
    expect(await seen.count()).toBe(4)
    const hidden = seen.filter({ hasText: 'cannot be seen' })
    expect(await hidden.locator('.place').innerText()).toContain('Dark, 320 and 640 pixels wide')
    await hidden.getByRole('button', { name: 'Show in the mail' }).click()
    await page.waitForURL(/scheme=dark/)
    // The same bytes are not looked at twice.
    await page.getByRole('link', { name: /^Findings/ }).click()
    expect(await page.locator('.sight').getAttribute('data-state')).toBe('done')
    // Mended, it is gone; the rest is seen anew.
    write(
      'emails/loud.tsx',
      LOUD_TEMPLATE.replace("'.card{", "'.card{color:#222;").replace(
        ':root{color-scheme:light dark}.card{',
        ':root{color-scheme:light dark}.card{color:#222;',
      ),
    )
    await hidden.waitFor({ state: 'detached' })
    await seen.filter({ hasText: 'is 2.84:1' }).waitFor()
    await page.evaluate(() => (location.hash = '#/issues/2024-w11-llm-papers/findings'))
    await page.getByText('Contrast and links are fine, 320 and 640 pixels wide, light and dark.').waitFor()
  })

  test('run nothing of a hostile mail, and outlive one that hides from them', async () => {
    // Where nothing holds it, it tells.
    page = await browser.newPage()
    await page.setContent(HOSTILE.join('\n').replaceAll('EVIL', `${address}/free`))
    await expect.poll(() => new Set(hits).size).toBeGreaterThan(4)
    await page.context().close()
    await open('#/issues/hostile/findings')
    await untilSeen()
    await page.locator('[data-look=seen] .card', { hasText: 'Pale' }).first().waitFor()
    expect(hits.filter((url) => !url.startsWith('/free'))).toEqual([])
    await open('#/issues/clobber/findings')
    await page.getByText('This mail cannot be looked at in the page').waitFor()
    await page.evaluate(() => (location.hash = '#/issues/loud/findings'))
    await page.locator('[data-look=seen] .card').first().waitFor()
    expect(hits.filter((url) => !url.startsWith('/free'))).toEqual([])
  })

  test.for(['light', 'dark'] as const)('have no accessibility violations, %s', async (theme) => {
    await open('#/issues/loud/findings', { theme })
    await page.locator('[data-look=seen] .card').first().waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await findViolations(page)).toEqual([])
    await page.setViewportSize({ width: 1500, height: 850 })
    await page.evaluate(() => (location.hash = '#/issues/seeded/mail'))
    await page.locator('.dock .card').first().waitFor()
    await page.locator('.dock summary').first().click()
    expect(await findViolations(page)).toEqual([])
  })
})

function placeOf({ file, range }: Pick<Diagnostic, 'file' | 'range'>): string {
  return range ? `${file}:${range.start.line}:${range.start.column}` : file
}

async function readCards(found: Locator): Promise<Card[]> {
  return await found.evaluateAll((elements) =>
    elements.map((element) => ({
      code: element.getAttribute('data-code') ?? '',
      look: element.classList[1] ?? '',
      message: element.querySelector('.message')?.textContent ?? '',
      place: element.querySelector('.to-file')?.textContent ?? '',
    })),
  )
}

// Backticks become code.
function sort(list: readonly Card[]): string[] {
  return list
    .map(({ code, look, message, place }) => [look, code, place, message.replaceAll('`', '')].join(' | '))
    .toSorted()
}

async function isInSight(target: Locator): Promise<boolean> {
  return await target.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect()
    return top >= 0 && bottom <= (element.ownerDocument.defaultView?.innerHeight ?? 0)
  })
}

function countRings(element: Element): number {
  return element.ownerDocument.getAnimations().length
}
