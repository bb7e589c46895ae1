// Takes the pictures of docs/screenshots/: npm run screenshots. Needs a Chromium (see test/helpers/browser.ts).
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { openApp } from '../src/app.ts'
import { createTerminal, packageRoot, systemClock } from '../src/base/index.ts'
import { startPreview } from '../src/preview/index.ts'
import { createStudio } from '../src/studio/index.ts'
import { openBrowser } from '../test/helpers/browser.ts'
import { takeStudioViews } from './screenshots/studio.ts'

interface Shot {
  readonly name: string
  readonly issue: string
  readonly width: number
  readonly height: number
  readonly scheme: 'light' | 'dark'
  readonly template?: string
  readonly withoutImages?: boolean
  /** Text to scroll to. */
  readonly at?: string
}

const MAIN = '2024-w11-llm-papers'
const CRAFT = '2026-w33-craft-of-the-mail'
const SHOTS: readonly Shot[] = [
  ...(['light', 'dark'] as const).flatMap((scheme): Shot[] => [
    { name: `digest-640-${scheme}`, issue: MAIN, width: 640, height: 1400, scheme },
    { name: `digest-320-${scheme}`, issue: MAIN, width: 320, height: 1400, scheme },
    { name: `entries-640-${scheme}`, issue: MAIN, width: 640, height: 1200, scheme, at: 'LLM Reasoning' },
    { name: `closing-640-${scheme}`, issue: MAIN, width: 640, height: 900, scheme, at: 'On the Societal Impact' },
    { name: `arabic-320-${scheme}`, issue: '2026-w31-arabic', width: 320, height: 1200, scheme },
    { name: `japanese-320-${scheme}`, issue: '2026-w32-japanese', width: 320, height: 1200, scheme },
    { name: `craft-640-${scheme}`, issue: CRAFT, width: 640, height: 2400, scheme, at: 'A message is a tree' },
    { name: `brief-640-${scheme}`, issue: '2026-w40-the-waiting-hand', width: 640, height: 1400, scheme },
    { name: `hebrew-320-${scheme}`, issue: '2026-w37-hebrew', width: 320, height: 1200, scheme },
    { name: `classic-640-${scheme}`, issue: MAIN, width: 640, height: 1400, scheme, template: 'classic' },
    { name: `classic-320-${scheme}`, issue: MAIN, width: 320, height: 1200, scheme, template: 'classic' },
  ]),
  {
    name: 'craft-320-images-off',
    issue: CRAFT,
    width: 320,
    height: 2400,
    scheme: 'light',
    withoutImages: true,
    at: 'A message is a tree',
  },
  { name: 'reading-list-640-light', issue: '2026-w30-reading-list', width: 640, height: 1400, scheme: 'light' },
]

const folder = join(packageRoot, 'docs', 'screenshots')
const only = process.argv[2]
mkdirSync(folder, { recursive: true })
const terminal = createTerminal({ stdout: process.stdout, stderr: process.stderr, quiet: false, colour: true })
const app = await openApp({ root: packageRoot, environment: {}, clock: systemClock, terminal })
const browser = await openBrowser()
for (const shot of SHOTS.filter(({ name }) => only === undefined || name.includes(only))) await take(browser, shot)
if (only === undefined || only.includes('studio')) await takeStudio(browser)
if (only === undefined || only.includes('views')) await takeStudioViews(browser, folder)
await browser.close()

async function take(chromium: Browser, shot: Shot): Promise<void> {
  const [found] = await app.inspect([shot.issue])
  if (!found?.rendered) throw new Error(`${shot.issue} does not render: ${JSON.stringify(found?.diagnostics)}`)
  const { rendered } = shot.template ? await app.inspectSource(found.source, found.file, shot.template) : found
  if (!rendered) throw new Error(`${shot.issue} does not render with ${shot.template ?? ''}`)
  const page = await chromium.newPage({
    viewport: { width: shot.width, height: shot.height },
    colorScheme: shot.scheme,
    deviceScaleFactor: 1,
  })
  const images = new Map(rendered.images.map((image) => [`http://mail.localhost/${image.filename}`, image]))
  await page.route('**/*', async (route) => {
    const image = images.get(route.request().url())
    if (image && !shot.withoutImages) await route.fulfill({ path: image.path, contentType: image.contentType })
    else if (route.request().url() === 'http://mail.localhost/') {
      const { html } = app.read(rendered, ({ filename }) => `http://mail.localhost/${filename}`)
      await route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' })
    } else await route.abort()
  })
  await page.goto('http://mail.localhost/')
  if (shot.at)
    await page
      .getByText(shot.at)
      .last()
      .evaluate((element) => element.scrollIntoView())
  await page.screenshot({ path: join(folder, `${shot.name}.png`) })
  await page.close()
  console.log(`docs/screenshots/${shot.name}.png`)
}

/** The studio on the main example, in both appearances, on a desktop and a phone. */
async function takeStudio(chromium: Browser): Promise<void> {
  const inboxFolder = join(packageRoot, 'data', 'inbox')
  const options = { root: packageRoot, environment: {}, clock: systemClock, terminal, inboxFolder }
  const preview = await startPreview(createStudio(options), { port: 0, host: '127.0.0.1' })
  const views = [
    { name: 'studio-light', scheme: 'light', width: 1280, height: 860 },
    { name: 'studio-dark', scheme: 'dark', width: 1280, height: 860 },
    { name: 'studio-phone', scheme: 'light', width: 390, height: 800 },
  ] as const
  for (const { name, scheme, width, height } of views) {
    const page = await chromium.newPage({ viewport: { width, height }, colorScheme: scheme })
    await page.goto(`${preview.url}/#/issues/${MAIN}/mail?scheme=${scheme}`)
    await page.frameLocator('iframe').first().getByText('In this issue').first().waitFor()
    await page.waitForTimeout(1500)
    await page.screenshot({ path: join(folder, `${name}.png`) })
    await page.close()
    console.log(`docs/screenshots/${name}.png`)
  }
  await preview.close()
}
