import type { Page } from 'playwright-core'
import { describe, expect, onTestFinished, test } from 'vitest'
import { requireBrowser } from '../helpers/browser.ts'
import { startDev } from '../helpers/dev.ts'
import { ISSUE, openStudioPage } from './studio-page.ts'

const open = async (files: Readonly<Record<string, string>>) => {
  const studio = await openStudioPage(files)
  onTestFinished(async () => await studio.close())
  return studio
}
const mail = (page: Page) => page.frameLocator('.screen iframe:not(.coming)')
const status = (page: Page) => page.locator('#status')

describe.skipIf(!(await requireBrowser()))('while something is awaited', () => {
  test('an issue of an odd name is opened from the list, and by its address', { timeout: 120_000 }, async () => {
    const names = ['q&a #1', '100% sure', '[x]', '-dash']
    const files = names.map((name, index) => [`issues/${name}.md`, ISSUE(`Title ${index}`, `2026-W1${index}`)])
    const studio = await open({ ...Object.fromEntries(files), 'issues/z.md': ISSUE('Another', '2026-W40') })
    const page = await studio.open('#/issues/z/mail')
    await mail(page).getByText('Text of Another').waitFor()
    for (const [index, name] of names.entries()) {
      await page.locator('.row', { hasText: `Title ${index}` }).click()
      await mail(page).getByText(`Text of Title ${index}`).waitFor()
      expect(page.url()).toContain(`#/issues/${encodeURIComponent(name)}/mail`)
      await page.reload()
      await mail(page).getByText(`Text of Title ${index}`).waitFor()
    }
  })

  test('nothing of the issue before is in reach', { timeout: 120_000 }, async () => {
    const studio = await open({ 'issues/a.md': ISSUE('First', '2026-W11'), 'issues/b.md': ISSUE('Second', '2026-W10') })
    const page = await studio.open('#/issues/a/mail')
    await mail(page).getByText('Text of First').waitFor()
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    await page.route(/\/events\?live&issue=b/, async (route) => {
      await held
      await route.continue()
    })
    let opened = 0
    page.on('request', (request) => (opened += request.url().includes('/api/editor') ? 1 : 0))
    await page.locator('.row', { hasText: 'Second' }).click()
    await page.getByRole('heading', { name: 'Second', level: 1 }).waitFor()
    await page.getByText('Building …').waitFor()
    expect(await page.locator('.screen iframe').isVisible()).toBe(false)
    expect(await page.getByRole('link', { name: 'Send a test' }).count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Open in editor' }).count()).toBe(0)
    await page.keyboard.press('e')
    await page.evaluate(() => (location.hash = '#/issues/b/test'))
    await page.getByRole('link', { name: 'Test', exact: true }).waitFor()
    expect(await page.getByRole('button', { name: 'Send the test' }).count()).toBe(0)
    release()
    await page.getByRole('button', { name: 'Send the test' }).waitFor()
    await page.getByRole('heading', { name: 'Second', level: 1 }).waitFor()
    expect(opened).toBe(0)
  })

  test('an issue that is not there is told as such, and so is a server that refuses', {
    timeout: 120_000,
  }, async () => {
    const studio = await open({ 'issues/a.md': ISSUE('First', '2026-W11') })
    const page = await studio.open('#/issues/a/mail')
    await mail(page).getByText('Text of First').waitFor()
    await page.evaluate(() => (location.hash = '#/issues/gone/mail'))
    await page.getByText('There is no issue "gone".').waitFor()
    expect(await page.locator('.screen iframe').count()).toBe(0)
    expect(await status(page).innerText()).not.toContain('stopped')
    const error = { code: 'preview/too-many-pages', message: 'Too many pages of the preview are open.' }
    await page.route(/\/events/, async (route) => await route.fulfill({ status: 503, json: { error } }))
    await page.evaluate(() => (location.hash = '#/issues/a/mail'))
    await status(page).getByText('Too many pages').waitFor()
    await page.unroute(/\/events/)
    await mail(page).getByText('Text of First').waitFor()
  })

  test('a component in an endless loop is told, and the studio goes on', { timeout: 180_000 }, async () => {
    const template = (body: string) =>
      `export default function Own({ issue }) {\n  ${body}\n  return <html><head><title>{issue.title}</title></head><body><p>Own of {issue.title}</p></body></html>\n}\n`
    const front = ISSUE('First', '2026-W11').replace('week:', 'template: own\nweek:')
    const studio = await open({ 'issues/a.md': front, 'emails/own.tsx': template('') })
    const page = await studio.open('#/issues/a/mail')
    await mail(page).getByText('Own of First').waitFor()
    studio.write('emails/own.tsx', template('while (true) {}'))
    await page.locator('#status', { hasText: 'does not answer' }).waitFor({ timeout: 60_000 })
    await page.locator('.broken', { hasText: 'endless loop' }).waitFor({ timeout: 60_000 })
    expect(await status(page).innerText()).not.toContain('does not answer')
    expect(await mail(page).getByText('Own of First').isVisible()).toBe(true)
    studio.write('emails/own.tsx', template('// mended'))
    await page.locator('.broken').waitFor({ state: 'detached', timeout: 60_000 })
  })

  test('a server that hangs is told, and one that is started again is found', { timeout: 180_000 }, async () => {
    const studio = await open({ 'issues/a.md': ISSUE('First', '2026-W11') })
    const second = await startDev(studio.root)
    const page = await studio.open('#/issues/a/mail')
    await page.goto(`${second.url}/#/issues/a/mail`)
    await mail(page).getByText('Text of First').waitFor()
    second.signal('SIGSTOP')
    await page.locator('#status', { hasText: 'does not answer' }).waitFor({ timeout: 60_000 })
    second.signal('SIGCONT')
    await page.locator('#status', { hasText: 'Watching for changes' }).waitFor({ timeout: 60_000 })
    expect(await second.stop()).toBe(0)
    await page.locator('#status', { hasText: 'has stopped' }).waitFor()
  })
})
