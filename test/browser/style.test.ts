import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HtmlElement } from '../../src/check/html.ts'
import { parseHtml } from '../../src/check/parse-html.ts'
import type { Color } from '../../src/check/style/color.ts'
import { readLook } from '../../src/check/style/look.ts'
import type { Screen } from '../../src/check/style/media.ts'
import { DARK, DARK_PHONE, LIGHT, LIGHT_PHONE } from '../../src/check/style/screens.ts'
import { openBrowser, requireBrowser } from '../helpers/browser.ts'
import { repository } from '../helpers/newsletter.ts'

const SCREENS = { light: LIGHT, 'light phone': LIGHT_PHONE, dark: DARK, 'dark phone': DARK_PHONE }

const FILES = [
  'test/fixtures/style-cases.html',
  ...['digest', 'classic'].flatMap((template) =>
    readdirSync(join(repository, 'test/golden', template))
      .filter((name) => /(?:craft|arabic).*\.html$/.test(name))
      .map((name) => `test/golden/${template}/${name}`),
  ),
]

/** What a browser and the checks must agree on about each text. */
interface Seen {
  readonly text: string
  readonly color: string
  readonly backdrop: string
  readonly fontSizePx: number
  readonly isBold: boolean
  readonly isItalic: boolean
  readonly isHidden: boolean
}

// The checks judge a mail without a browser; a browser says whether they see the same.
describe.skipIf(!(await requireBrowser()))('the style that checks compute', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
  })

  test.each(FILES)('is what a browser shows for %s', async (file) => {
    const source = readFileSync(join(repository, file), 'utf8')
    for (const [name, screen] of Object.entries(SCREENS)) {
      const page = await browser.newPage({ colorScheme: screen.scheme === 'dark' ? 'dark' : 'light' })
      await page.setViewportSize({ width: screen.widthPx ?? 0, height: 900 })
      await page.route('**/*', (route) => route.abort())
      await page.setContent(source, { waitUntil: 'domcontentloaded' })
      expect(listComputed(source, screen), name).toEqual(await listSeen(page))
      await page.close()
    }
  })
})

function listComputed(source: string, screen: Screen): Seen[] {
  const page = parseHtml(source)
  const look = readLook(page)
  return page.texts
    .filter(({ value, parent }) => value.trim() !== '' && !isInHead(parent))
    .map((text) => {
      const { color, backdrop, fontSizePx, isBold, isItalic, hidden } = look.styleOfText(text, screen)
      return {
        text: fold(text.value),
        color: format(color),
        backdrop: format(backdrop),
        fontSizePx: Math.round(fontSizePx * 10) / 10,
        isBold,
        isItalic,
        isHidden: hidden !== undefined,
      }
    })
}

function isInHead(element: HtmlElement | undefined): boolean {
  return element !== undefined && (element.name === 'head' || isInHead(element.parent))
}

function format(color: Color | undefined): string {
  if (!color) return 'unknown'
  const channels = [color.red, color.green, color.blue].map(Math.round).join(', ')
  return `${channels}, ${Math.round(color.alpha * 100) / 100}`
}

function fold(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

/** Every text of the page in order, as the browser paints it; texts that only a comment parts are one. */
async function listSeen(page: Page): Promise<Seen[]> {
  return await page.evaluate(() => {
    const read = (value: string) => {
      const [r = 0, g = 0, b = 0, a = 1] = (value.match(/[\d.]+/g) ?? []).map(Number)
      return { r, g, b, a }
    }
    const dark = matchMedia('(prefers-color-scheme: dark)').matches && /dark/.test(document.head.innerHTML)
    const paper = dark ? { r: 18, g: 18, b: 18, a: 1 } : { r: 255, g: 255, b: 255, a: 1 }
    const backdropOf = (element: Element | null): typeof paper => {
      if (!element) return paper
      const own = read(getComputedStyle(element).backgroundColor)
      if (own.a === 1) return own
      const behind = backdropOf(element.parentElement)
      const mix = (one: number, other: number) => one * own.a + other * (1 - own.a)
      return { r: mix(own.r, behind.r), g: mix(own.g, behind.g), b: mix(own.b, behind.b), a: 1 }
    }
    const show = ({ r, g, b, a }: typeof paper) =>
      `${[r, g, b].map(Math.round).join(', ')}, ${Math.round(a * 100) / 100}`
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const merged: { parent: Element; text: string }[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement
      if (!parent) continue
      let before = node.previousSibling
      while (before?.nodeType === Node.COMMENT_NODE) before = before.previousSibling
      const last = merged.at(-1)
      if (before?.nodeType === Node.TEXT_NODE && last) last.text += node.textContent ?? ''
      else merged.push({ parent, text: node.textContent ?? '' })
    }
    return merged
      .filter(({ text, parent }) => text.trim() !== '' && !parent.closest('style, script'))
      .map(({ parent, text }) => {
        const style = getComputedStyle(parent)
        return {
          text: text.replaceAll(/\s+/g, ' ').trim(),
          color: show(read(style.color)),
          backdrop: show(backdropOf(parent)),
          fontSizePx: Math.round(Number.parseFloat(style.fontSize) * 10) / 10,
          isBold: Number(style.fontWeight) >= 600,
          isItalic: style.fontStyle === 'italic',
          isHidden: !parent.checkVisibility({ visibilityProperty: true }),
        }
      })
  })
}
