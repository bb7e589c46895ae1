/** What reading whole issues told, kept from one start of the studio to the next. */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { packageRoot, readVersion } from '../base/index.ts'
import { CONFIG_FILES } from '../config/index.ts'

/** What only reading the whole file tells. */
export interface Measured {
  /** Missing when the file has errors. */
  readonly title?: string
  readonly id?: string
  /** Of Rendered. */
  readonly hash?: string
  readonly errors: number
  readonly warnings: number
  readonly sizeBytes?: number
}

export interface RowCache {
  /** By the file's content and the images it shows; undefined when it was another then. @param file - relative to the root. */
  find(file: string): Measured | undefined
  /** @param images - absolute paths. */
  keep(file: string, measured: Measured, images: readonly string[]): void
  /** What issues are rendered with has changed. */
  forget(): void
  /** Writes what is new; a disk that is full is no trouble. */
  save(): void
}

interface Kept {
  /** Of the file. */
  readonly content: string
  readonly images: readonly { readonly path: string; readonly stamp: string }[]
  readonly measured: Measured
}

/** @param root - absolute path of the newsletter. */
export function createRowCache(root: string): RowCache {
  const place = join(root, 'node_modules', '.cache', 'letterpress', 'studio-rows.json')
  let look: string | undefined
  let rows: Map<string, Kept> | undefined
  let isDirty = false
  const load = () => {
    if (rows) return rows
    look = hashLook(root)
    return (rows = readRows(place, look))
  }
  return {
    find(file) {
      const known = load().get(file)
      if (!known || known.content !== hashFile(join(root, file))) return undefined
      return known.images.every(({ path, stamp }) => stampOf(path) === stamp) ? known.measured : undefined
    },
    keep(file, measured, images) {
      const content = hashFile(join(root, file))
      if (content === undefined) return
      load().set(file, { content, measured, images: images.map((path) => ({ path, stamp: stampOf(path) })) })
      isDirty = true
    },
    forget() {
      rows = new Map()
      // Hashed when it is saved: whoever saves a template waits for the mail, not for this.
      look = undefined
      isDirty = true
    },
    save() {
      if (!isDirty || !rows) return
      isDirty = false
      look ??= hashLook(root)
      try {
        mkdirSync(dirname(place), { recursive: true })
        const draft = `${place}.${process.pid}.tmp`
        writeFileSync(draft, JSON.stringify({ look, rows: [...rows] }))
        renameSync(draft, place)
      } catch {}
    },
  }
}

function readRows(place: string, look: string): Map<string, Kept> {
  try {
    const data = JSON.parse(readFileSync(place, 'utf8')) as { readonly look: string; readonly rows: [string, Kept][] }
    return data.look === look ? new Map(data.rows) : new Map()
  } catch {
    return new Map()
  }
}

/** Changes with everything but the issues that rendering and checking them depends on. */
function hashLook(root: string): string {
  const hash = createHash('sha256').update(readVersion())
  for (const name of [...CONFIG_FILES, '.env', 'readers.yaml'])
    hash.update(`${name} ${hashFile(join(root, name)) ?? ''}\n`)
  for (const folder of new Set([root, packageRoot].flatMap((home) => [join(home, 'emails'), join(home, 'templates')])))
    for (const path of listFiles(folder)) hash.update(`${path} ${hashFile(path) ?? ''}\n`)
  // In the repository of Letterpress the tool itself changes between two starts.
  for (const path of listFiles(join(packageRoot, 'src'))) if (!path.includes('/preview/ui/')) hash.update(stampOf(path))
  return hash.digest('hex')
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .toSorted()
  } catch {
    return []
  }
}

function hashFile(path: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex')
  } catch {
    return undefined
  }
}

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat ? `${stat.mtimeMs}:${stat.size}` : ''
}
