import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { createTerminal, fixClock, packageRoot } from '../../src/base/index.ts'

/** The repository with its example issues. */
export const repository = packageRoot

/** A moment every golden message was written at. */
export const FIXED_TIME = new Date('2026-08-21T06:00:00Z')

const SILENT = createTerminal({ stdout: process.stderr, stderr: process.stderr, quiet: true, colour: false })

/** Opens a newsletter at a fixed time, without variables of this machine. */
export async function openNewsletter(root: string = repository): Promise<App> {
  return await openApp({ root, environment: {}, clock: fixClock(FIXED_TIME), terminal: SILENT })
}

/** A configuration without a site or shared blocks. */
export const PLAIN_CONFIG = `export default { name: 'Test Letter', from: 'Test <test@news.example.com>', postalAddress: '1 Test Street' }\n`

/** A newsletter in a new folder that is removed after the test. Files by path; `letterpress.config.ts` has a default. */
export function makeNewsletter(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = writeFolder({ 'letterpress.config.ts': PLAIN_CONFIG, ...files })
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  return root
}

/** A new folder with these files; whoever asks for it removes it. */
export function writeFolder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(tmpdir(), 'letterpress-test-'))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), content)
  }
  return root
}
