import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { FrameLocator, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { addReaders } from '../commands/send-make.ts'
import { openBrowser } from '../helpers/browser.ts'
import { startDev } from '../helpers/dev.ts'
import { PLAIN_CONFIG } from '../helpers/newsletter.ts'

const LINES = Array.from({ length: 40 }, (_, index) => `Paragraph ${index} of the issue.`).join('\n\n')
export const VIEWS_ISSUE = `---
title: Papers of the week
week: 2026-W34
preheader: A line that says more
---
Hello {{ subscriber.name }}, read [this](https://example.com/a?b=c).

![A boat on a lake](a/boat.png)

${LINES}

## First section

### [An entry](https://example.com/entry)

Last words of the entry.
`
const READERS = `readers:
  - { id: ada, email: ada@example.com, name: Ada, language: en }
  - { id: grace, email: grace@example.com, tags: [navy] }
  - { id: laila, email: laila@example.com, name: ليلى, language: ar }
`
// Outlook answers the media query of the mail, and its own marks.
const STYLE = `p,td{margin:0} .by-media{background-color:#ffffff}
@media (prefers-color-scheme:dark){.by-media{background-color:#101010}}
[data-ogsc] .answered{color:#00ff00}`
export const PROBE = `import type { TemplateProps } from 'letterpress/define'

export default function Probe({ issue }: TemplateProps) {
  return (
    <html lang="en">
      <head><title>{issue.title}</title><style>{${JSON.stringify(STYLE)}}</style></head>
      <body style={{ backgroundColor: '#ffffff', color: '#222222' }}>
        <p id="text">Text on white</p>
        <div style={{ backgroundColor: '#112233' }}><p id="on-dark" style={{ color: '#ffffff' }}>Text on dark</p></div>
        <p id="media" className="by-media">By media</p>
        <p id="answered" className="answered">Answered</p>
        <div id="picture" style={{ backgroundImage: 'url(https://example.com/x.png)' }}>Picture</div>
      </body>
    </html>
  )
}
`
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** A page of the studio, as wide as a desktop. */
export interface ViewPage {
  readonly page: Page
  /** What went wrong in it; errors that belong to a mail without a network are left out. */
  readonly complaints: string[]
  /** @param route - after `#/issues/` */
  readonly open: (route: string) => Promise<unknown>
  /** The mail that is shown. */
  readonly mail: () => FrameLocator
  readonly frame: () => Locator
  readonly readTop: () => Promise<number | undefined>
}

export interface PageLook {
  readonly colorScheme?: 'light' | 'dark' | null
  readonly width?: number
  readonly height?: number
}

/** A newsletter with the issues `a` and `probe`, whose template is `emails/probe.tsx`, and six readers. */
export interface ViewStudio {
  readonly root: string
  openPage(look?: PageLook): Promise<ViewPage>
  close(): Promise<void>
}

export async function openViewStudio(): Promise<ViewStudio> {
  const root = mkdtempSync(join(tmpdir(), 'letterpress-views-'))
  for (const [name, content] of Object.entries({
    'letterpress.config.ts': PLAIN_CONFIG,
    'issues/a.md': VIEWS_ISSUE,
    'issues/a/boat.png': PIXEL,
    'issues/probe.md': VIEWS_ISSUE.replace('preheader:', 'template: probe\npreheader:').replaceAll(
      'a/boat',
      'probe/boat',
    ),
    'issues/probe/boat.png': PIXEL,
    'emails/probe.tsx': PROBE,
    'readers.yaml': READERS,
  })) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), content)
  }
  await addReaders(root, 3)
  const [browser, dev] = await Promise.all([openBrowser(), startDev(root)])
  return {
    root,
    openPage: async ({ colorScheme = null, width = 1280, height = 720 } = {}) => {
      const page = await browser.newPage({ colorScheme, reducedMotion: 'reduce', viewport: { width, height } })
      page.setDefaultTimeout(20_000)
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('console', (message) => {
        // Remote images, images that are off, and Playwright's own timers inside a frame that runs nothing.
        if (message.type() === 'error' && !/ERR_NAME_NOT_RESOLVED|data:,|Blocked script execution/.test(message.text()))
          complaints.push(message.text())
      })
      const frame = () => page.locator('.bench iframe:not(.coming)')
      return {
        page,
        complaints,
        open: async (route) => await page.goto(`${dev.url}/#/issues/${route}`),
        mail: () => page.frameLocator('.bench iframe:not(.coming)'),
        frame,
        readTop: async () =>
          await frame().evaluate((element: HTMLIFrameElement) => element.contentDocument?.scrollingElement?.scrollTop),
      }
    },
    close: async () => {
      await browser.close()
      const code = await dev.stop()
      rmSync(root, { recursive: true, force: true })
      expect(code).toBe(0)
    },
  }
}

export async function isInSight(element: Locator): Promise<boolean> {
  return await element.evaluate((found) => {
    const { top, bottom } = found.getBoundingClientRect()
    return top >= 0 && bottom <= (found.ownerDocument.defaultView?.innerHeight ?? 0)
  })
}
