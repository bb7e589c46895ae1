import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { TreeBody } from '../../src/preview/api.ts'
import { findViolations } from '../helpers/axe.ts'
import { openBrowser, requireBrowser } from '../helpers/browser.ts'
import { type Dev, startDev } from '../helpers/dev.ts'
import { repository } from '../helpers/newsletter.ts'

const CONFIG = `export default { name: 'Test Letter', from: 'Test <test@news.example.com>', postalAddress: '1 Test Street' }\n`
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const entry = (title: string, words: number) => `### [${title}](https://example.com/a)\n\n${'word '.repeat(words)}\n`
const writeIssue = (words: number) =>
  `---\ntitle: A weighty issue\nweek: 2026-W34\npreheader: More\n---\nHello.\n\n![A dot](dot.png)\n\n## Light\n\n${entry('Small', 10)}\n## Heavy\n\n${entry('Large', words)}\n${entry('Tiny', 5)}`
const BLOCK = (words: string) => `import { defineBlock } from 'letterpress/define'
import { z } from 'zod'

export const hello = defineBlock({
  name: 'hello',
  summary: 'Greets somebody',
  attributes: z.strictObject({ who: z.string() }),
  body: 'none',
  canBeShared: false,
  Component: ({ attributes }) => <p>${words} {attributes.who}</p>,
  outline: ({ attributes }) => ({ label: attributes.who, body: [], actions: [] }),
  example: '::hello{who="world"}',
})
`

describe.skipIf(!(await requireBrowser()))('weight and blocks in the studio', () => {
  let browser: Browser
  let page: Page
  let root: string
  let dev: Dev

  const write = (file: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), content)
  }
  beforeAll(async () => {
    browser = await openBrowser()
    root = mkdtempSync(join(tmpdir(), 'letterpress-weight-'))
    write('letterpress.config.ts', CONFIG)
    write('issues/heavy.md', writeIssue(4000))
    write('issues/dot.png', PNG)
    write('emails/blocks/index.ts', `import { hello } from './hello.tsx'\n\nexport const blocks = [hello]\n`)
    write('emails/blocks/hello.tsx', BLOCK('Hello'))
    symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'))
    dev = await startDev(root)
  })
  afterAll(async () => {
    await browser.close()
    expect(await dev.stop()).toBe(0)
    rmSync(root, { recursive: true, force: true })
  })
  afterEach(async () => {
    await page.context().close()
  })

  const open = async (route: string, { theme = 'light', width = 1280, height = 720 } = {}) => {
    const context = await browser.newContext({
      colorScheme: null,
      reducedMotion: 'reduce',
      viewport: { width, height },
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    page = await context.newPage()
    page.setDefaultTimeout(20_000)
    await page.addInitScript((value) => localStorage.setItem('letterpress-theme', value), theme)
    await page.goto(`${dev.url}/${route}`)
  }
  const readTree = async () => (await (await fetch(`${dev.url}/api/issues/heavy/tree`)).json()) as TreeBody
  const number = (text: string) => Number(text.replaceAll(/\D/g, ''))

  test('names what each part weighs; the parts add up to the whole', async () => {
    await open('#/issues/heavy/mail')
    await page.locator('a.size-meter').click()
    await page.waitForURL(/heavy\/weight/)
    await page.locator('.parts').waitFor()
    const { totalBytes, images } = await readTree()
    expect(number(await page.locator('.scale-total strong').innerText())).toBe(totalBytes)
    const rows = await page.locator('.parts tbody tr').evaluateAll((elements) =>
      elements.map((row) => ({
        kind: row.className,
        name: row.querySelector('th')?.textContent ?? '',
        octets: row.querySelector('.number')?.textContent ?? '',
        bar: row.querySelector('.part-bar span')?.getBoundingClientRect().width ?? 0,
      })),
    )
    expect(rows.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Head and styles', 'Footer', '1Light', '1.1Small', '2Heavy', '2.1Large', '2.2Tiny']),
    )
    const top = rows.filter(({ kind }) => kind !== 'part-entry').map(({ octets }) => number(octets))
    expect(top.reduce((sum, octets) => sum + octets, 0)).toBe(totalBytes)
    const [large, tiny] = ['2.1Large', '2.2Tiny'].map((name) => rows.find((row) => row.name === name))
    expect(large?.bar).toBeGreaterThan((tiny?.bar ?? 0) * 5)
    expect(images).toEqual([{ name: 'dot.png', bytes: PNG.length, isAttached: true }])
    await page.getByText('1 image, 1 KB; they travel in the message.').waitFor()
    await page.getByText('Largest first').click()
    expect(await page.locator('.parts tbody th').first().innerText()).toContain('Heavy')
    await page.getByRole('link', { name: 'Large' }).click()
    await page.waitForURL(/heavy\/mail\?at=/)
    const target = page.frameLocator('iframe').getByText('Large').last()
    await expect
      .poll(async () => await target.evaluate((element) => element.getBoundingClientRect().top))
      .toBeLessThan(700)
  })

  test('follows the file to the warning and over the limit', async () => {
    await open('#/issues/heavy/weight')
    await page.locator('.scale.good').waitFor()
    write('issues/heavy.md', writeIssue(15_000))
    await page.locator('.scale.warning').getByText('Close to the limit').waitFor()
    await page.locator('.size-meter.warning').waitFor()
    write('issues/heavy.md', writeIssue(22_000))
    await page.locator('.scale.error').getByText('Gmail cuts this mail off').waitFor()
    await page.locator('.size-meter.error').waitFor()
    // As the newsletter has it.
    write(
      'letterpress.config.ts',
      CONFIG.replace(' }', ", checks: { 'size-clip': { errorBytes: 300000, warnBytes: 290000 } } }"),
    )
    await page.locator('.scale.good').getByText('of 300,000 octets').waitFor()
    write('letterpress.config.ts', CONFIG)
    write('issues/heavy.md', writeIssue(4000))
    await page.locator('.scale.good').getByText('of 100,000 octets').waitFor()
  })

  test('shows every block by its example, the author’s own too, with the Markdown to copy', async () => {
    await open('#/issues')
    await page.locator('a.size-meter').waitFor()
    await page.keyboard.press('b')
    await page.getByRole('heading', { name: 'hello' }).waitFor()
    const names = await page.locator('.block h2').allInnerTexts()
    expect(names).toEqual(expect.arrayContaining(['toc', 'promo', 'mentoring', 'sponsor', 'note', 'hello']))
    const frame = (name: string) => page.frameLocator(`iframe[title="Block ${name}"]`)
    for (const name of names) {
      await page.locator(`#block-${name}`).scrollIntoViewIfNeeded()
      await frame(name).getByText('And a line after it.').waitFor()
    }
    await frame('hello').getByText('Hello world').waitFor()
    await page.getByRole('button', { name: 'Copy the Markdown of hello' }).click()
    expect(await page.evaluate(async () => await navigator.clipboard.readText())).toBe('::hello{who="world"}')
    // Cut to where the block is: the masthead above it is out of sight.
    const box = await page.locator('#block-hello .block-window').boundingBox()
    expect(box?.height).toBeLessThan(260)
    write('emails/blocks/hello.tsx', BLOCK('Good morning'))
    await frame('hello').getByText('Good morning world').waitFor()
    await page.getByText('Dark', { exact: true }).click()
    await page.getByText('Phone', { exact: true }).click()
    await page.waitForURL(/blocks.*device=375&scheme=dark/)
    const scheme = frame('hello').locator('body')
    await expect
      .poll(async () => await scheme.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
      .toBe(true)
    expect((await page.locator('#block-hello .block-window').boundingBox())?.width).toBe(375)
  })

  test('says what is wrong with a block’s example', async () => {
    write('emails/blocks/hello.tsx', BLOCK('Hello').replace('::hello{who="world"}', '::hello{whom="world"}'))
    await open('#/blocks/hello')
    await page.locator('#block-hello .card').first().waitFor()
    write('emails/blocks/hello.tsx', BLOCK('Hello'))
    await page.frameLocator('iframe[title="Block hello"]').getByText('Hello world').waitFor()
  })

  test.for(['light', 'dark'] as const)('have no accessibility violations, %s', async (theme) => {
    await open('#/issues/heavy/weight', { theme })
    for (const [route, selector] of [
      ['#/issues/heavy/weight', '.parts'],
      ['#/blocks', '.block'],
    ] as const) {
      for (const [width, height] of [
        [1280, 720],
        [390, 844],
      ] as const) {
        await page.setViewportSize({ width, height })
        await page.evaluate((hash) => (location.hash = hash), route)
        await page.locator(selector).first().waitFor()
        expect(await findViolations(page), `${route} ${width}`).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth), `${route} sticks out`).toBe(width)
      }
    }
  })
})
