import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, requireBrowser } from '../helpers/browser.ts'

const TEXTS = {
  latin: ['Gemini 1.5', 'Arimo', 'Arial'],
  serif: ['Gemini 1.5', 'Gelasio', 'Georgia'],
  code: ['Gemini 1.5', 'Cousine', 'monospace'],
  arabic: ['مرحبا', 'Noto Sans Arabic', 'Georgia'],
  japanese: ['日本語の要約', 'Noto Sans JP', 'Georgia'],
  emoji: ['😀📬', 'Noto Color Emoji', 'sans-serif'],
} as const

describe.skipIf(!(await requireBrowser()))('the browser of the tests', () => {
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    browser = await openBrowser()
    page = await browser.newPage()
    const body = Object.entries(TEXTS).map(
      ([id, [text, , style]]) => `<p style="font-family: ${style}"><b id="${id}">${text}</b></p>`,
    )
    await page.setContent(`<body>${body.join('')}</body>`)
  })
  afterAll(async () => {
    await browser.close()
  })

  test.for(Object.entries(TEXTS))('draws %s with the font from npm', async ([id, [, family]]) => {
    expect(await page.locator(`#${id}`).evaluate((element) => element.getBoundingClientRect().width)).toBeGreaterThan(
      20,
    )
    expect(await listFonts(page, `#${id}`)).toEqual([family])
  })

  test('draws the same width everywhere', async () => {
    expect(await page.locator('#latin').evaluate((element) => element.getBoundingClientRect().width)).toBeCloseTo(
      80.92,
      1,
    )
  })

  test('reaches no network', async () => {
    await expect(page.evaluate(() => fetch('https://example.com/').then(String))).rejects.toThrow('Failed to fetch')
  })
})

async function listFonts(page: Page, selector: string): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('DOM.enable')
  await session.send('CSS.enable')
  const { root } = await session.send('DOM.getDocument', { depth: -1 })
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector })
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId })
  return fonts.map((font) => font.familyName)
}
