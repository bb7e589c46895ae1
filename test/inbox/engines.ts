import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBrowser } from '../helpers/browser.ts'

/** How wide a browser lays out a mail that gets `given` pixels. */
export interface Width {
  readonly given: number
  readonly taken: number
}

/** Opens an address in a browser; what it gives closes the browser. */
export type OpenEngine = (url: string) => Promise<() => Promise<void> | void>

export const openChromium: OpenEngine = async (url) => {
  const browser = await openBrowser()
  const page = await browser.newPage()
  await page.goto(url)
  return async () => await browser.close()
}

export const openFirefox: OpenEngine = async (url) => {
  const profile = mkdtempSync(join(tmpdir(), 'letterpress-firefox-'))
  // Nothing but the mails is asked for: no first page, no updates, no reports.
  const quiet = { 'browser.aboutwelcome.enabled': false, 'app.update.enabled': false, 'app.normandy.enabled': false }
  const preferences = { ...quiet, 'datareporting.policy.dataSubmissionEnabled': false }
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${value});\n`)
  writeFileSync(join(profile, 'user.js'), lines.join(''))
  const child = start('firefox-esr', ['--headless', '--no-remote', '--profile', profile, url])
  return await Promise.resolve(async () => {
    await stop(child)
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  })
}

/** Shows one address until it is killed. As root WebKit's own sandbox cannot start; compositing needs a graphics card. */
const WEBKIT = `
import sys, gi
gi.require_version('Gtk', '3.0')
gi.require_version('WebKit2', '4.1')
from gi.repository import Gtk, WebKit2
view = WebKit2.WebView.new_with_context(WebKit2.WebContext.new_ephemeral())
window = Gtk.Window()
window.set_default_size(640, 900)
window.add(view)
window.show_all()
view.load_uri(sys.argv[1])
Gtk.main()
`

export const openWebKit: OpenEngine = async (url) => {
  const child = start('xvfb-run', ['-a', '/usr/bin/python3', '-c', WEBKIT, url], {
    WEBKIT_DISABLE_COMPOSITING_MODE: '1',
  })
  return await Promise.resolve(async () => await stop(child))
}

/**
 * Lays out mails in frames of one width, a page that measures itself: so every engine is asked the same, and needs no
 * protocol of its own.
 *
 * @throws Error when the browser gives no answer in time.
 */
export async function measureWidths(
  open: OpenEngine,
  mails: readonly string[],
  { widthPx, timeoutMs = 240_000 }: { readonly widthPx: number; readonly timeoutMs?: number },
): Promise<{ readonly agent: string; readonly widths: readonly Width[] }> {
  let take: (answer: string) => void
  const answered = new Promise<string>((resolve) => (take = resolve))
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    const mail = /^\/mail\/(\d+)$/.exec(request.url ?? '')?.[1]
    if (mail !== undefined) return response.end(mails[Number(mail)])
    if (request.method !== 'POST') return response.end(request.url === '/' ? buildPage(mails.length, widthPx) : '')
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => take(String(Buffer.concat(chunks))))
    return response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const close = await open(`http://127.0.0.1:${address.port}/`)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the browser gave no answer')), timeoutMs)
  })
  try {
    return JSON.parse(await Promise.race([answered, late])) as Awaited<ReturnType<typeof measureWidths>>
  } finally {
    clearTimeout(timer)
    await close()
    server.closeAllConnections()
    server.close()
  }
}

// The frame is as high as the mail: a vertical scroll bar would take some of its width.
function buildPage(count: number, widthPx: number): string {
  return `<!doctype html><title>Widths</title><body><script type="module">
const widths = []
for (let index = 0; index < ${count}; index++) {
  const frame = document.createElement('iframe')
  frame.style.cssText = 'width:${widthPx}px;height:200000px;border:0'
  frame.src = '/mail/' + index
  const loaded = new Promise((resolve) => (frame.onload = resolve))
  document.body.append(frame)
  await loaded
  const { clientWidth, scrollWidth } = frame.contentDocument.documentElement
  widths.push({ given: clientWidth, taken: Math.max(scrollWidth, frame.contentDocument.body.scrollWidth) })
  frame.remove()
}
await fetch('/', { method: 'POST', body: JSON.stringify({ agent: navigator.userAgent, widths }) })
</script>`
}

function start(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  // A group of its own: a browser is many processes, and each of them must go.
  return spawn(command, args, { stdio: 'ignore', detached: true, env: { ...process.env, ...env } })
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  process.kill(-child.pid, 'SIGTERM')
  await gone
}
