import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { AppError, packageRoot } from '../base/index.ts'
import { pageNotBuilt } from './errors.ts'

/** Where the page's sources are; missing in the published package. */
export const uiSources = join(packageRoot, 'src', 'preview', 'ui')

const CONFIG = join(packageRoot, 'vite.config.ts')
const CACHE = join(packageRoot, 'node_modules', '.cache', 'letterpress', 'ui')

/**
 * Builds the page in a process of its own, so that neither Vite's memory nor its time is the preview's.
 *
 * @param folder - emptied first.
 * @throws AppError `preview/page-not-built` with Vite's words.
 */
export async function buildUi(folder: string): Promise<void> {
  const args = ['build', '--config', CONFIG, '--configLoader', 'native', '--outDir', folder, '--emptyOutDir']
  const output = await run(process.execPath, [findVite(), ...args, '--logLevel', 'warn'])
  if (existsSync(join(folder, 'index.html'))) return
  const reason = output.trim() || 'Vite said nothing.'
  throw new AppError(pageNotBuilt.code, pageNotBuilt.message(reason), {
    kind: 'environment',
    hint: pageNotBuilt.hint(),
  })
}

/** The built page of these very sources: the one in the cache, or a new one. @returns its folder. */
export async function findBuiltUi(): Promise<string> {
  const name = await hashSources()
  const home = join(CACHE, name)
  if (existsSync(join(home, 'index.html'))) return home
  const draft = join(CACHE, `draft-${process.pid}`)
  await mkdir(CACHE, { recursive: true })
  try {
    await buildUi(draft)
    await rename(draft, home).catch((error: unknown) => {
      // Another process was faster.
      if (!existsSync(join(home, 'index.html'))) throw error
    })
    await removeOthers(name)
    return home
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

function findVite(): string {
  try {
    const manifest = createRequire(join(packageRoot, 'package.json')).resolve('vite/package.json')
    return join(dirname(manifest), 'bin', 'vite.js')
  } catch (error) {
    const options = { kind: 'environment', hint: pageNotBuilt.hint(), cause: error } as const
    throw new AppError(pageNotBuilt.code, pageNotBuilt.message('Vite is not installed.'), options)
  }
}

async function run(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { cwd: packageRoot, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => resolve())
  })
  return output
}

async function hashSources(): Promise<string> {
  const entries = await readdir(uiSources, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const manifest = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8')) as Record<string, object>
  const hash = createHash('sha256').update(JSON.stringify([manifest['dependencies'], manifest['devDependencies']]))
  for (const file of [CONFIG, ...files.toSorted()]) hash.update(`\n${file}\n`).update(await readFile(file))
  return hash.digest('hex').slice(0, 16)
}

async function removeOthers(current: string): Promise<void> {
  for (const name of await readdir(CACHE))
    if (name !== current && !name.startsWith('draft-')) await rm(join(CACHE, name), { recursive: true, force: true })
}
