import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { SMTPServer } from 'smtp-server'
import { expect } from 'vitest'
import { findViolations } from '../helpers/axe.ts'
import { openBrowser } from '../helpers/browser.ts'
import { type Dev, startDev } from '../helpers/dev.ts'
import { repository } from '../helpers/newsletter.ts'

export const ISSUE = (title: string, week: string) =>
  `---\ntitle: ${title}\nweek: ${week}\npreheader: Something else\n---\nHello {{ subscriber.name | default: "there" }}.\n\n## One\n\n### [Entry](https://example.com/a)\n\nText of ${title}.\n`
const CONFIG =
  "export default { name: 'Test Letter', from: 'Test <test@news.example.com>', postalAddress: '1 Test Street', unsubscribe: 'mailto' }\n"
const READERS = `readers:
  - { id: ada, email: ada@example.com, name: Ada }
  - { id: bob, email: bob@example.com, name: Bob }
`

/** A newsletter in its studio, looked at with a real browser. */
export interface StudioPage {
  readonly root: string
  readonly dev: Dev
  write(file: string, content: string): void
  /** A new page, which nothing of another is known to. */
  open(route: string, look?: { readonly theme?: 'light' | 'dark' }): Promise<Page>
  close(): Promise<void>
}

/** @param files - path → content, beside a configuration and two readers */
export async function openStudioPage(files: Readonly<Record<string, string>>): Promise<StudioPage> {
  const root = mkdtempSync(join(tmpdir(), 'letterpress-studio-'))
  const write = (file: string, content: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), content)
  }
  for (const [file, content] of Object.entries({
    'letterpress.config.ts': CONFIG,
    'readers.yaml': READERS,
    ...files,
  }))
    write(file, content)
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'))
  const [browser, dev]: [Browser, Dev] = await Promise.all([openBrowser(), startDev(root)])
  return {
    root,
    dev,
    write,
    async open(route, { theme = 'light' } = {}) {
      const context = await browser.newContext({
        colorScheme: null,
        reducedMotion: 'reduce',
        viewport: { width: 1280, height: 720 },
      })
      const page = await context.newPage()
      page.setDefaultTimeout(20_000)
      await page.addInitScript((value) => localStorage.setItem('letterpress-theme', value), theme)
      await page.goto(`${dev.url}/${route}`)
      return page
    },
    async close() {
      await browser.close()
      const code = await dev.stop()
      rmSync(root, { recursive: true, force: true })
      expect(code).toBe(0)
    },
  }
}

/** Nothing is wrong with the page for axe-core, and nothing sticks out of it, as wide as a desktop and as a phone. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  for (const [width, height] of [
    [1280, 720],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height })
    expect(await findViolations(page), `${name} ${width}`).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${name} ${width} sticks out`).toBe(width)
  }
}

/** A real SMTP server that does not take everybody. */
export interface StubbornServer {
  readonly port: number
  /** Whom it has taken mail for. */
  readonly taken: string[]
  close(): Promise<void>
}

/** @param replies - start of an address → what is said to it: `550 5.1.1 no such mailbox` */
export async function startStubborn(replies: Readonly<Record<string, string>>): Promise<StubbornServer> {
  const taken: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onRcptTo({ address }, _session, done) {
      const reply = Object.entries(replies).find(([start]) => address.startsWith(start))?.[1]
      if (reply === undefined) return done()
      return done(Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) }))
    },
    onData(stream, { envelope }, done) {
      stream.resume()
      stream.on('end', () => {
        taken.push(...envelope.rcptTo.map(({ address }) => address))
        done(null, '2.0.0 queued as 4711')
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.server.address() as AddressInfo
  return { port, taken, close: async () => await new Promise((resolve) => server.close(() => resolve())) }
}
