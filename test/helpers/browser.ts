import { type Browser, chromium as driver } from 'playwright-core'
import { type Chromium, listChromiums } from './chromium.ts'

// Same pixels on every machine, and not one packet leaves it: only loopback resolves.
const FLAGS = [
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--force-color-profile=srgb',
]

let usable: Chromium | undefined
let problem: string | undefined

/**
 * Starts a real Chromium with the fonts from npm and without a network. The caller closes it.
 *
 * @throws Error with every browser tried and why it did not start.
 */
export async function openBrowser(): Promise<Browser> {
  if (usable) return await start(usable)
  const refusals: string[] = []
  try {
    for (const candidate of listChromiums()) {
      try {
        const browser = await start(candidate)
        usable = candidate
        return browser
      } catch (error) {
        refusals.push(`${candidate.path}: ${explain(error)}`)
      }
    }
  } catch (error) {
    refusals.push(`@sparticuz/chromium: ${explain(error)}`)
  }
  throw new Error(
    `No usable Chromium. ${refusals.join('; ') || 'None is installed'}. LETTERPRESS_CHROMIUM may name one.`,
  )
}

/**
 * Whether this machine can run browser tests: `describe.skipIf(!(await requireBrowser()))`. Says so when it cannot.
 *
 * @throws Error instead when `CI` is set: nothing is skipped there.
 */
export async function requireBrowser(): Promise<boolean> {
  if (usable) return true
  if (problem === undefined) {
    try {
      const browser = await openBrowser()
      await browser.close()
      return true
    } catch (error) {
      problem = explain(error)
    }
  }
  if (process.env['CI']) throw new Error(problem)
  console.warn(`Browser tests are skipped: ${problem}`)
  return false
}

async function start({ path, env }: Chromium): Promise<Browser> {
  return await driver.launch({
    executablePath: path,
    env,
    args: FLAGS,
    // Chromium refuses its sandbox to root; everybody else has it.
    chromiumSandbox: process.getuid?.() !== 0,
    timeout: 30_000,
  })
}

// Playwright adds its whole log of calls.
function explain(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const cause =
    /^.*(?:error while loading shared libraries|No usable sandbox|Failed to move to new namespace).*$/m.exec(text)
  return (cause?.[0] ?? text.split('\n')[0] ?? '').trim()
}
