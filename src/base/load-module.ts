import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { setSourceMapsSupport } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RolldownBuild } from 'rolldown'
import { entryUrl, packageRoot, readVersion } from './package.ts'
import { importRolldown } from './rolldown.ts'
import { type Exports, runAnew, runOnce } from './run-bundle.ts'

// One copy of each in the process: two Reacts break hooks, two zods break schemas built from both.
const SHARED = /^(?:react|react-dom|zod)(?:\/|$)/
const SELF = /^letterpress(?:\/(define))?$/

/** File systems take times from a clock that ticks up to 100 times a second. */
const CLOCK_GRAIN_MS = 10

const STYLE_SHEET =
  'a style sheet cannot be imported; write styles as style={{ … }}, or into a <style> element of the template.'

const KEPT_MS = 7 * 24 * 60 * 60 * 1000
const tidied = new Set<string>()

/** What a bundle was made of; it is fresh while no input changed. */
interface BundleRecord {
  readonly output: string
  readonly inputs: readonly (readonly [file: string, mtimeMs: number, sizeBytes: number])[]
}

/** A module could not be bundled; `line` and `column` count from 1. */
export class BundleError extends Error {
  readonly file: string
  readonly line: number | undefined
  readonly column: number | undefined

  constructor(
    message: string,
    place: { file: string; line?: number | undefined; column?: number | undefined },
    cause: unknown,
  ) {
    super(message, { cause })
    this.name = 'BundleError'
    this.file = place.file
    this.line = place.line
    this.column = place.column
  }
}

/** How modules of the author are loaded. */
export interface LoadOptions {
  /** Folder for bundles; made when missing. */
  readonly cacheFolder: string
  /** How long a module may take to run, and a mail to render. Default: 30 s. */
  readonly timeoutMs?: number
  /** The process loads a module whenever it changes, and must be rid of what it was before. */
  readonly isReloaded?: boolean
}

/**
 * Loads a `.ts` or `.tsx` file of the author with everything it imports, as one tree-shaken bundle that is kept until
 * an input, the tool or Node changes. `react`, `zod` and `letterpress` are the tool's own copies.
 *
 * @param file - absolute path.
 * @throws BundleError when a file does not parse or an import is not found; whatever the module throws when it runs; Error when it does not settle.
 */
export async function loadModule(file: string, options: LoadOptions): Promise<Exports> {
  const bundle = await bundleModule(file, options)
  // Errors name the author's own lines. Not sooner: reading every module's map would slow each start down.
  setSourceMapsSupport(true, { nodeModules: true })
  // One that awaits at its top is no CommonJS: it runs, and stays.
  const isLasting = bundle.endsWith('.mjs')
  return isLasting
    ? await runOnce(bundle, options.timeoutMs)
    : runAnew(bundle, `${bundle.replace(/-[^-]*$/, '')}.cjs`, options.timeoutMs)
}

/** Makes or finds the bundle of a file. @returns absolute path; the name changes with the content. */
export async function bundleModule(file: string, options: LoadOptions): Promise<string> {
  // The bundle names the tool's own copies by their address.
  const tool = `${readVersion()}\n${entryUrl('define')}\n${process.version}\n${options.isReloaded ? 'cjs' : 'esm'}`
  const key = hash(`${file}\n${tool}`)
  const recordFile = join(options.cacheFolder, `${key}.json`)
  const known = readRecord(recordFile)
  if (known && existsSync(known.output) && known.inputs.every(isUnchanged)) return known.output
  const startMs = Date.now()
  const { code, moduleIds, ending } = await bundleFresh(file, options)
  const folder = findWritable(options.cacheFolder)
  const output = join(folder, `${key}-${hash(code)}${ending}`)
  removeOld(folder)
  writeWhole(output, code)
  const inputs = moduleIds.filter((id) => existsSync(id)).map((id) => [id, ...stamp(id)] as const)
  // A file saved meanwhile may have been read before: without a record the next load bundles again.
  if (!inputs.some(([, mtimeMs]) => mtimeMs > startMs - CLOCK_GRAIN_MS && mtimeMs <= Date.now())) {
    writeWhole(join(folder, `${key}.json`), JSON.stringify({ output, inputs } satisfies BundleRecord))
  }
  return output
}

async function bundleFresh(file: string, options: LoadOptions): Promise<Chunk> {
  const { rolldown } = await importRolldown()
  let unresolved: unknown
  const refuse = (id: string) => {
    unresolved ??= { message: STYLE_SHEET, id }
    return { code: '', moduleType: 'js' as const }
  }
  try {
    const build = await rolldown({
      input: file,
      platform: 'node',
      tsconfig: false,
      onLog: (_, log) => {
        // Left alone, Node would name the bundle instead of the author's line.
        if (log.code === 'UNRESOLVED_IMPORT' && !log.id?.includes('node_modules')) unresolved ??= log
      },
      plugins: [
        { name: 'shared', resolveId: resolveShared },
        // Left alone, rolldown would name the sheet's text as its path.
        { name: 'style-sheets', load: { filter: { id: /\.(?:css|less|s[ac]ss)$/ }, handler: refuse } },
      ],
      transform: { define: { 'process.env.NODE_ENV': '"production"' } },
      // react-email is one barrel with all of Tailwind and prettier behind it: 11 ms a bundle instead of 75.
      experimental: { lazyBarrel: true },
    })
    try {
      const chunk = await generate(build, options)
      if (unresolved !== undefined) throw unresolved
      return chunk
    } finally {
      await build.close()
    }
  } catch (error) {
    throw explain(error, file)
  }
}

interface Chunk {
  readonly code: string
  readonly moduleIds: readonly string[]
  readonly ending: '.mjs' | '.cjs'
}

async function generate(build: RolldownBuild, options: LoadOptions): Promise<Chunk> {
  // `file` must be set, or the source map's paths are wrong and errors name no line of the author's.
  const shape = { sourcemap: 'inline', codeSplitting: false, file: join(options.cacheFolder, 'bundle.mjs') } as const
  if (options.isReloaded) {
    // As strict as a module, and `require` takes paths, not addresses.
    const paths = (id: string) => (id.startsWith('file:') ? fileURLToPath(id) : id)
    try {
      const { output } = await build.generate({ ...shape, format: 'cjs', exports: 'named', strict: true, paths })
      return { code: output[0].code, moduleIds: output[0].moduleIds, ending: '.cjs' }
    } catch (error) {
      if (!(error as { errors?: readonly RolldownProblem[] }).errors?.some(({ code }) => code === AWAITS)) throw error
    }
  }
  const { output } = await build.generate({ ...shape, format: 'esm' })
  return { code: output[0].code, moduleIds: output[0].moduleIds, ending: '.mjs' }
}

function resolveShared(source: string): { id: string; external: boolean } | null {
  // Shipped as a source: it is bundled with what imports it.
  if (source === 'letterpress/components') {
    return { id: join(packageRoot, 'emails', 'components', 'index.ts'), external: false }
  }
  const self = SELF.exec(source)
  if (self) return { id: entryUrl(self[1] ? 'define' : 'index'), external: true }
  if (SHARED.test(source)) return { id: locateShared(source), external: true }
  return null
}

// The program's own bundle (bin/source-bundle.js) carries zod in a file beside this code.
function locateShared(source: string): string {
  const own = new URL('./zod.mjs', import.meta.url)
  return source === 'zod' && existsSync(own) ? own.href : import.meta.resolve(source)
}

/** What rolldown calls a module that awaits at its top, which CommonJS cannot. */
const AWAITS = 'INVALID_TLA_FORMAT'

interface RolldownProblem {
  readonly code?: string
  readonly message?: string
  readonly id?: string
  readonly loc?: { readonly file?: string; readonly line: number; readonly column: number }
}

function explain(error: unknown, entry: string): BundleError {
  const { errors = [] } = error as { errors?: readonly RolldownProblem[] }
  const first = errors[0] ?? (error as RolldownProblem)
  const text = stripAnsi(first.message ?? String(error))
  // The first line says what; the rest is rolldown's own code frame, and ours stands beside it.
  const what = text.split('\n').find((line) => line.trim() !== '') ?? 'the file cannot be read'
  const framed = /(?:╭─\[|┌─\[|--> )\s*([^\]\n]*?):(\d+):(\d+)/.exec(text)
  const line = first.loc?.line ?? (framed ? Number(framed[2]) : undefined)
  const column = first.loc ? first.loc.column + 1 : framed ? Number(framed[3]) : undefined
  return new BundleError(
    what.replace(/^\[?[A-Z_]+\]?[: ]+/, ''),
    { file: first.loc?.file ?? first.id ?? entry, line, column },
    error,
  )
}

function stripAnsi(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/\u{1b}\[[0-9;]*m/gu, '')
}

let ownFolder: string | undefined

/** The cache, or where it cannot be written (a container, somebody else's checkout) a folder of this process alone. */
function findWritable(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return folder
  } catch {
    if (ownFolder !== undefined) return ownFolder
    const made = mkdtempSync(join(tmpdir(), 'letterpress-'))
    process.once('exit', () => rmSync(made, { recursive: true, force: true }))
    return (ownFolder = made)
  }
}

// Each save leaves a bundle. One that is still wanted is made again in some milliseconds. Once in a process, since a
// long session leaves hundreds.
function removeOld(folder: string): void {
  if (tidied.has(folder)) return
  tidied.add(folder)
  for (const name of readdirSync(folder)) {
    const file = join(folder, name)
    const stats = /^[0-9a-f]{16}\b.*\.(?:[mc]js|json)$/.test(name)
      ? statSync(file, { throwIfNoEntry: false })
      : undefined
    if (stats && Date.now() - stats.mtimeMs > KEPT_MS) rmSync(file, { force: true })
  }
}

function readRecord(file: string): BundleRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(file, 'utf8')) as BundleRecord
    return typeof record.output === 'string' && record.inputs.every(Array.isArray) ? record : undefined
  } catch {
    return undefined
  }
}

function isUnchanged([file, mtimeMs, sizeBytes]: BundleRecord['inputs'][number]): boolean {
  try {
    const [nowMtimeMs, nowSizeBytes] = stamp(file)
    return nowMtimeMs === mtimeMs && nowSizeBytes === sizeBytes
  } catch {
    return false
  }
}

function stamp(file: string): readonly [number, number] {
  const { mtimeMs, size } = statSync(file)
  return [mtimeMs, size]
}

function hash(text: string): string {
  // Every start loads this file, few load a module, and crypto takes 3 ms to load.
  const { createHash } = process.getBuiltinModule('node:crypto')
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

// Another process may load the same file at the same time: it must see the old file or the new one, never half of it.
function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.tmp`
  writeFileSync(draft, text)
  // A rename that replaces a file makes ext4 write to the disk at once: 6 ms of each save in `dev`.
  rmSync(file, { force: true })
  renameSync(draft, file)
}
