import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../src/app.ts'
import { findIssues } from '../../src/issue/index.ts'
import { openBrowser, requireBrowser } from '../helpers/browser.ts'
import { openNewsletter, repository } from '../helpers/newsletter.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WIDTHS = [320, 375, 640] as const
const SCHEMES = ['light', 'dark'] as const

// `npm run test:browser` looks at every example in every template.
const ALL = findIssues(repository)
const isWhole = process.env['LETTERPRESS_EVERY_MAIL'] === 'yes'
const some = (pattern: RegExp) => (isWhole ? ALL : ALL.filter((file) => pattern.test(file)))

// Templates get the same blocks; `npm test` looks at every kind of block in each, and from right to left.
describe.skipIf(!(await requireBrowser())).each([
  ['digest', some(/craft-of-the-mail|arabic/)],
  ['brief', some(/waiting-hand/)],
  ['classic', some(/arabic/)],
  ['compact', some(/craft-of-the-mail/)],
] as const)('the %s template in a browser', (template, files) => {
  let app: App
  let browser: Browser
  beforeAll(async () => {
    app = await openNewsletter()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
  })

  test.each(files)('shows every word of %s on any screen, light and dark', async (file) => {
    const { rendered } = await app.inspectSource(readFileSync(join(repository, file), 'utf8'), file, template)
    if (!rendered) throw new Error('the example does not render')
    const { html } = app.read(rendered)
    for (const colorScheme of SCHEMES) {
      const page = await browser.newPage({ colorScheme })
      await page.route('**/*', (route) => route.abort())
      await page.setContent(html, { waitUntil: 'domcontentloaded' })
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 })
        expect(await page.evaluate(() => document.documentElement.scrollWidth), `sideways scroll at ${width}`).toBe(
          width,
        )
        // The layout of a width is the same in every issue: one width is enough but for the whole.
        if (isWhole || width === 640) expect(await runAxe(page), `${colorScheme} at ${width}`).toEqual([])
      }
      expect(await listUnreadable(page), colorScheme).toEqual([])
      await page.close()
    }
  })
})

/** Words that take no room or stand outside the page; the preheader is meant for lists of mails and does. */
async function listUnreadable(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim()
      if (!text || node === firstText()) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const { width, height, left, right } = range.getBoundingClientRect()
      const style = getComputedStyle(node.parentElement ?? document.body)
      const isHidden =
        style.visibility !== 'visible' || Number(style.opacity) < 1 || Number.parseFloat(style.fontSize) < 11
      if (width < 1 || height < 1 || left < -1 || right > innerWidth + 1 || isHidden) found.push(text)
    }
    return found

    function firstText(): Node | null {
      return document
        .createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) =>
          node.textContent?.trim() ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT,
        )
        .nextNode()
    }
  })
}

interface AxeResult {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

/** Violations, and contrast that axe could not decide: white on white is filed there (docs of axe-core, `equalRatio`). */
async function runAxe(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const { violations, incomplete } = (await page.evaluate(
    // Rules about landmarks are for pages of a site.
    'axe.run({ rules: { region: { enabled: false }, "landmark-one-main": { enabled: false } } })',
  )) as { violations: AxeResult[]; incomplete: AxeResult[] }
  const undecided = incomplete.filter(({ id }) => id.includes('contrast'))
  return [...violations, ...undecided].flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`),
  )
}
