import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { cacheFolder } from './cache-folder.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = cacheFolder('program')
const recordFile = join(folder, 'record.json')

/** One copy of each in the process, shared with the author's bundles; the rest has parts that do not bundle. */
const EXTERNAL = /^(?:react|react-dom|react-email|rolldown|mjml)(?:\/|$)/
const KEPT_MS = 24 * 60 * 60 * 1000

/**
 * The repository's program with its dependencies in some 30 files instead of 500, kept until a source or an installed
 * package changes; a start takes a sixth less. Types are not looked at.
 *
 * @returns {Promise<string | undefined>} address of cli.mjs; undefined where it cannot be made (a fault in the sources,
 * a folder that is read-only), and then the sources run as they are and say why.
 */
export async function bundleProgram() {
  const known = readRecord()
  if (known && isFresh(known)) return toUrl(known.name)
  try {
    return toUrl(await bundle())
  } catch {
    return undefined
  }
}

const toUrl = (name) => pathToFileURL(join(folder, name, 'cli.mjs')).href

function readRecord() {
  try {
    return JSON.parse(readFileSync(recordFile, 'utf8'))
  } catch {
    return undefined
  }
}

function isFresh({ name, packages, inputs }) {
  try {
    return existsSync(join(folder, name, 'cli.mjs')) && isSame(packages) && inputs.every(isSame)
  } catch {
    return false
  }
}

// npm writes it at each installation.
const PACKAGES = join('node_modules', '.package-lock.json')

/** @param {string} path - from the root. */
function stamp(path) {
  const { mtimeMs, ctimeMs, size } = statSync(root + sep + path)
  return [path, mtimeMs, ctimeMs, size]
}

function isSame([path, mtimeMs, ctimeMs, sizeBytes]) {
  const now = statSync(root + sep + path)
  return now.mtimeMs === mtimeMs && now.ctimeMs === ctimeMs && now.size === sizeBytes
}

async function bundle() {
  // As src/base/rolldown.ts does: this process may go on to serve the studio for hours.
  process.env.MIMALLOC_ALLOW_THP ??= '0'
  process.env.MIMALLOC_PURGE_DELAY ??= '0'
  const { rolldown } = await import('rolldown')
  const startMs = Date.now()
  const draft = join(folder, `draft-${process.pid}`)
  const build = await rolldown({
    cwd: root,
    // zod in one file instead of seventy, for the author's bundles too: src/base/load-module.ts finds it by its name.
    input: { cli: 'src/cli.ts', index: 'src/index.ts', define: 'src/define.ts', zod: 'zod' },
    platform: 'node',
    tsconfig: false,
    external: EXTERNAL,
    // A package that is just being installed: what is made without it must not be kept.
    onLog(_level, { code, message }) {
      if (code === 'UNRESOLVED_IMPORT') throw new Error(message)
    },
  })
  // `.mjs`: no package.json stands beside them, and Node would parse each once more to find out what it is.
  const names = { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' }
  const { output } = await build.write({ dir: draft, format: 'esm', ...names })
  await build.close()
  const chunks = output.filter((part) => part.type === 'chunk')
  const name = nameOf(chunks)
  putInPlace(draft, join(folder, name))
  keepRecord(name, chunks, startMs)
  return name
}

function nameOf(chunks) {
  // Loaded late: crypto alone takes 3 ms, and a start that finds its bundle needs none.
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256')
  for (const { fileName, code } of chunks) hash.update(`${fileName}\n${code}\n`)
  return hash.digest('hex').slice(0, 16)
}

function putInPlace(draft, home) {
  try {
    renameSync(draft, home)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    // The same content is there already.
    if (!existsSync(home)) throw error
  }
}

function keepRecord(name, chunks, startMs) {
  const files = new Set(
    chunks.flatMap(({ moduleIds }) => moduleIds).filter((id) => id.startsWith(join(root, 'src') + sep)),
  )
  // A file saved while it was read: the next start looks again.
  if ([...files].some((file) => statSync(file).mtimeMs >= startMs)) return
  const inputs = [...files].map((file) => stamp(relative(root, file)))
  writeFileSync(`${recordFile}.${process.pid}`, JSON.stringify({ name, packages: stamp(PACKAGES), inputs }))
  renameSync(`${recordFile}.${process.pid}`, recordFile)
  removeOld(name)
}

// Not at once: a process that runs may still load a late part of its own.
function removeOld(current) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (name !== current && path !== recordFile && Date.now() - statSync(path).mtimeMs > KEPT_MS) {
      rmSync(path, { recursive: true, force: true })
    }
  }
}
