import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { openApp } from '../../src/app.ts'
import { createTerminal, packageRoot, systemClock } from '../../src/base/index.ts'
import { type Preview, startPreview } from '../../src/preview/index.ts'
import { createStudio } from '../../src/studio/index.ts'

const MAIN = '2024-w11-llm-papers'
const BROKEN = '2026-w34-short-letter'

/** One view of the studio. */
interface StudioShot {
  readonly name: string
  readonly route: string
  readonly scheme?: 'light' | 'dark'
  readonly width?: number
  readonly height?: number
  /** What must be there before the picture is taken. */
  readonly until: string
}

const SHOTS: readonly StudioShot[] = [
  { name: 'grid', route: `#/issues/${MAIN}/grid?schemes=light,dark,gmail`, until: '.cell iframe:not(.coming)' },
  { name: 'grid-dark', route: `#/issues/${MAIN}/grid`, scheme: 'dark', until: '.cell iframe:not(.coming)' },
  { name: 'findings', route: `#/issues/${BROKEN}/findings`, until: '.cards' },
  { name: 'broken', route: `#/issues/${BROKEN}/mail`, until: '.broken' },
  { name: 'weight', route: `#/issues/${MAIN}/weight`, until: '.content table' },
  { name: 'weight-dark', route: `#/issues/${MAIN}/weight`, scheme: 'dark', until: '.content table' },
  { name: 'plan', route: `#/issues/${MAIN}/plan`, until: '.plan-facts' },
  { name: 'inbox', route: '#/inbox', until: '.main a[href*="inbox/"]' },
  { name: 'blocks', route: '#/blocks', until: '.block-window iframe' },
  { name: 'findings-phone', route: `#/issues/${BROKEN}/findings`, width: 390, height: 800, until: '.cards' },
]

/** Takes the studio's other views, of a copy of the newsletter: one of its files is broken, and a test is in the inbox. */
export async function takeStudioViews(chromium: Browser, folder: string): Promise<void> {
  const root = copyNewsletter()
  const terminal = createTerminal({ stdout: process.stdout, stderr: process.stderr, quiet: true, colour: false })
  const options = { root, environment: {}, clock: systemClock, terminal, inboxFolder: join(root, 'data', 'inbox') }
  const preview = await startPreview(createStudio(options), { port: 0, host: '127.0.0.1' })
  try {
    await sendTest(preview)
    // Once as it was: what is broken later is shown over it.
    await (await fetch(`${preview.url}/api/issues/${BROKEN}`)).text()
    await breakIssue(options)
    for (const shot of SHOTS) await take(chromium, preview, shot, folder)
  } finally {
    await preview.close()
    rmSync(root, { recursive: true, force: true })
  }
}

function copyNewsletter(): string {
  const root = mkdtempSync(join(tmpdir(), 'letterpress-screenshots-'))
  for (const name of ['emails', 'issues', 'letterpress.config.ts', 'readers.yaml'])
    cpSync(join(packageRoot, name), join(root, name), { recursive: true })
  symlinkSync(join(packageRoot, 'node_modules'), join(root, 'node_modules'))
  return root
}

async function sendTest({ url, token }: Preview): Promise<void> {
  const headers = { 'Content-Type': 'application/json', 'X-Letterpress-Token': token }
  const body = JSON.stringify({ to: ['you@example.com'] })
  const answer = await fetch(`${url}/api/issues/${MAIN}/test`, { method: 'POST', headers, body })
  if (!answer.ok) throw new Error(await answer.text())
}

async function breakIssue(options: Parameters<typeof openApp>[0] & { readonly root: string }): Promise<void> {
  const [found] = await (await openApp(options)).inspect([BROKEN])
  if (!found) throw new Error(`${BROKEN} is not there`)
  writeFileSync(join(options.root, found.file), `${found.source}\n\n::promp{name="ebook"}\n`)
}

async function take(chromium: Browser, { url }: Preview, shot: StudioShot, folder: string): Promise<void> {
  const { name, route, scheme = 'light', width = 1120, height = 720, until } = shot
  // An emulated scheme would win over that of the mail's own frame.
  const page: Page = await chromium.newPage({ viewport: { width, height }, colorScheme: null })
  await page.addInitScript((theme) => localStorage.setItem('letterpress-theme', theme), scheme)
  await page.goto(`${url}/${route}`)
  await page.locator(until).first().waitFor({ timeout: 60_000 })
  await page.waitForTimeout(1500)
  await page.screenshot({ path: join(folder, `studio-${name}.png`) })
  await page.close()
  console.log(`docs/screenshots/studio-${name}.png`)
}
