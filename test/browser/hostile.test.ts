import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openBrowser, requireBrowser } from '../helpers/browser.ts'
import { makeNewsletter } from '../helpers/newsletter.ts'
import { openStudio } from '../studio/open-studio.ts'
import { PIECES } from './hostile-pieces.ts'

/** Tabs that are open at a time. */
const AT_ONCE = 8

const wrap = (piece: string) => `<!doctype html><html><head><title>quiet</title></head><body>${piece}</body></html>`

/** What is told of a mail whose names hide the methods of its own document; it is shown all the same. */
function isOwnNames(piece: string | undefined, words: string): boolean {
  return / name="(?:querySelectorAll|addEventListener)"/.test(piece ?? '') && /is not a function/.test(words)
}

describe.skipIf(!(await requireBrowser()))('a hostile mail', () => {
  let browser: Browser
  let evil: Server
  let address: string
  let hits: string[] = []

  beforeAll(async () => {
    browser = await openBrowser()
    evil = createServer((request, response) => {
      const [, number = '', kind] = (request.url ?? '').split('/')
      if (kind === 'page') return response.setHeader('Content-Type', 'text/html').end(wrap(fill(Number(number))))
      hits.push(number)
      return response.end()
    })
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(evil.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    await browser.close()
    evil.closeAllConnections()
    evil.close()
  })

  const fill = (number: number) =>
    (PIECES[number] ?? '').replaceAll('EVIL/N', `${address}/${number}`).replaceAll('EVIL', address)

  const writeMail = (number: number) => {
    const head = 'From: a@example.com\r\nTo: b@example.com\r\nSubject: x\r\nContent-Type: text/html; charset=utf-8\r\n'
    return [`data/inbox/m${number}.eml`, `${head}\r\n${wrap(fill(number))}\r\n`] as const
  }

  /** Tabs, and the dialogs that were shown in each. */
  const openTabs = async (count: number) => {
    const context = await browser.newContext()
    onTestFinished(async () => await context.close())
    return await Promise.all(
      Array.from({ length: count }, async () => {
        const page = await context.newPage()
        const complaints: string[] = []
        page.on('dialog', (dialog) => {
          complaints.push(dialog.message())
          void dialog.dismiss()
        })
        return { page, complaints }
      }),
    )
  }
  /** Opens an address, and touches everything that can be touched. */
  const visit = async (page: Page, url: string) => {
    await page.goto(url, { waitUntil: 'load' }).catch(() => undefined)
    for (const target of await page.locator('.go').all())
      await target.click({ timeout: 1000, force: true, noWaitAfter: true }).catch(() => undefined)
    await page.waitForTimeout(120)
  }

  test('would tell where nothing holds it', { timeout: 60_000 }, async () => {
    const [tab] = await openTabs(1)
    if (!tab) throw new Error('no tab')
    for (const number of [0, 3, 10, 17, 19, 22, 33, 37]) {
      hits = []
      await visit(tab.page, `${address}/${number}/page`)
      expect(hits, PIECES[number]).not.toEqual([])
    }
  })

  test('runs nothing, loads nothing from elsewhere and leads nowhere', { timeout: 180_000 }, async () => {
    const template = `export default ({ issue }) => <html><body dangerouslySetInnerHTML={{ __html: PIECES[issue.slug.slice(1)] }} /></html>`
    const pieces = JSON.stringify(PIECES.map((_, index) => fill(index)))
    const issue =
      '---\ntitle: T\nweek: 2026-W34\ntemplate: raw\n---\nText.\n\n## One\n\n### [E](https://example.com/)\n\nText.\n'
    const issues = PIECES.map((_, index) => [`issues/p${index}.md`, issue] as const)
    const mails = PIECES.map((_, index) => writeMail(index))
    const root = makeNewsletter({
      ...Object.fromEntries([...issues, ...mails]),
      'emails/raw.tsx': `const PIECES = ${pieces}\n${template}\n`,
    })
    const { preview, get } = await openStudio(root)
    hits = []
    const visits = [...PIECES.keys()].flatMap((number) => [
      { number, path: `/mail/p${number}` },
      { number, path: `/inbox/m${number}/mail` },
    ])
    const tabs = await openTabs(AT_ONCE)
    await Promise.all(
      tabs.map(async ({ page, complaints }) => {
        for (let next = visits.shift(); next; next = visits.shift()) {
          await visit(page, `${preview.url}${next.path}`)
          expect(complaints, PIECES[next.number]).toEqual([])
          expect(new URL(page.url()).origin, PIECES[next.number]).toBe(preview.url)
        }
      }),
    )
    expect(hits.map((number) => PIECES[Number(number)])).toEqual([])
    for (const number of PIECES.keys()) {
      const html = await (await fetch(`${preview.url}/mail/p${number}`)).text()
      expect(html, 'the piece is there').toContain(fill(number).slice(0, 20))
    }
    expect((await get<{ total: number }>('/api/inbox')).body.total).toBe(PIECES.length)
  })

  test('is shown by the page itself, in every scheme, and does nothing there either', {
    timeout: 300_000,
  }, async () => {
    const root = makeNewsletter(Object.fromEntries(PIECES.map((_, index) => writeMail(index))))
    const { preview } = await openStudio(root)
    hits = []
    const left = [...PIECES.keys()]
    const tabs = await openTabs(AT_ONCE / 2)
    await Promise.all(
      tabs.map(async ({ page, complaints }) => {
        page.on('pageerror', (error) => complaints.push(error.message))
        for (let number = left.shift(); number !== undefined; number = left.shift()) {
          const piece = PIECES[number]
          await page.goto(`${preview.url}/?${number}#/inbox/m${number}/html?scheme=outlook&images=off`)
          await page
            .locator('.screen iframe:not(.coming)')
            .waitFor({ timeout: 20_000 })
            .catch((error: unknown) => {
              throw new Error(`never shown: ${piece}`, { cause: error })
            })
          await page.locator('label', { hasText: 'Light' }).click()
          await page.waitForURL(/html\?images=off$/)
          for (const target of await page.frameLocator('.screen iframe:not(.coming)').locator('.go').all())
            await target.click({ timeout: 1000, force: true, noWaitAfter: true }).catch(() => undefined)
          await page.waitForTimeout(120)
          expect(
            complaints.splice(0).filter((words) => !isOwnNames(piece, words)),
            piece,
          ).toEqual([])
          expect(page.url(), piece).toBe(`${preview.url}/?${number}#/inbox/m${number}/html?images=off`)
          expect(await page.locator('.screen iframe:not(.coming)').count(), piece).toBe(1)
        }
      }),
    )
    expect(hits.map((number) => PIECES[Number(number)])).toEqual([])
  })
})
