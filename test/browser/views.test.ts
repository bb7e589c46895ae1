import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findViolations } from '../helpers/axe.ts'
import { requireBrowser } from '../helpers/browser.ts'
import { openViewStudio, PROBE, type ViewPage, type ViewStudio } from './views-make.ts'

describe.skipIf(!(await requireBrowser()))('the mail of an issue', () => {
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
  const readWidth = async () => await view.frame().evaluate((element) => element.clientWidth)

  test('mail is as wide as the device, the handle or the keys make it', async () => {
    const { page, open, mail, frame } = view
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
    const { mail } = view
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
    const { page, open, mail } = view
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
    writeFileSync(join(studio.root, 'emails/probe.tsx'), PROBE.replace('Text on white', 'Saved'))
    await mail().getByText('Saved').waitFor()
    await expect.poll(async () => (await colours()).body).toMatch(/ rgb\(51, 51, 51\)$/)
    await page.getByText('Light', { exact: true }).click()
    await expect.poll(colours).toEqual(WRITTEN)
    expect(await mail().locator('html').getAttribute('data-ogsc')).toBeNull()
  })

  test('images go, and their alternative texts stay', async () => {
    const { page, open, mail } = view
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
    const { page, open, mail, frame, readTop } = view
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
    const { page, open, mail } = view
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
})
