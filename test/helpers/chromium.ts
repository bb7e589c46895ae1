import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync } from 'node:zlib'
import { writeFontsConf } from './fonts.ts'

const require = createRequire(import.meta.url)
const cache = fileURLToPath(new URL('../../node_modules/.cache/letterpress/', import.meta.url))

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** A Chromium to start, with what it needs around it. */
export interface Chromium {
  readonly path: string
  readonly env: Readonly<Record<string, string>>
}

/**
 * What to try in turn: `LETTERPRESS_CHROMIUM` alone when it is set (a path, or `bundled`), else an installed
 * Chromium or Chrome, then the one from npm, which exists for Linux on x64.
 */
export function* listChromiums(): Generator<Chromium> {
  const wanted = process.env['LETTERPRESS_CHROMIUM']
  if (wanted && wanted !== 'bundled') {
    yield withFonts(wanted)
    return
  }
  if (!wanted) for (const path of INSTALLED) if (isExecutable(path)) yield withFonts(path)
  if (process.platform === 'linux' && process.arch === 'x64') yield unpackBundled()
}

function withFonts(path: string, libraries?: string): Chromium {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const env = { ...Object.fromEntries(inherited), FONTCONFIG_FILE: writeFontsConf(join(cache, 'fonts')) }
  return { path, env: libraries === undefined ? env : { ...env, LD_LIBRARY_PATH: libraries } }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Unpacks the browser once. Its package would do so into the shared temporary folder, under a name without a version
 * and without a lock, where an old, half-written or foreign file is then started.
 */
function unpackBundled(): Chromium {
  const packaged = join(dirname(require.resolve('@sparticuz/chromium')), '..')
  const { version } = JSON.parse(readFileSync(join(packaged, 'package.json'), 'utf8')) as { version: string }
  const home = join(cache, `chromium-${version}`)
  if (!existsSync(home)) {
    const draft = `${home}.${process.pid}`
    mkdirSync(draft, { recursive: true })
    writeFileSync(join(draft, 'chromium'), inflate(packaged, 'chromium.br'), { mode: 0o755 })
    // Libraries that a bare system lacks (nss, nspr, expat), and software WebGL.
    for (const archive of ['al2023.tar.br', 'swiftshader.tar.br']) untar(inflate(packaged, archive), draft)
    putInPlace(draft, home)
  }
  return withFonts(join(home, 'chromium'), join(home, 'lib'))
}

function putInPlace(draft: string, home: string): void {
  try {
    renameSync(draft, home)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    // Another process was faster: its copy is whole.
    if (!existsSync(home)) throw error
  }
}

function inflate(packaged: string, name: string): Buffer {
  return brotliDecompressSync(readFileSync(join(packaged, 'bin', name)))
}

/** Regular files of a POSIX ustar archive (IEEE 1003.1, pax interchange format); the archives hold nothing else. */
function untar(archive: Buffer, folder: string): void {
  let at = 0
  while (at + 512 <= archive.length && archive[at] !== 0) {
    const name = readField(archive, at, 100)
    const sizeBytes = Number.parseInt(readField(archive, at + 124, 12), 8) || 0
    const isFile = ['0', ''].includes(readField(archive, at + 156, 1))
    if (isFile) {
      const file = join(folder, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, archive.subarray(at + 512, at + 512 + sizeBytes), { mode: 0o755 })
    }
    at += 512 + Math.ceil(sizeBytes / 512) * 512
  }
}

function readField(archive: Buffer, from: number, length: number): string {
  return archive.toString('latin1', from, from + length).replace(/\0.*$/s, '')
}
