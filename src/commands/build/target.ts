import { type Dirent, lstatSync, readdirSync, realpathSync, type Stats } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { AppError } from '../../base/index.ts'
import { notOurs, outIsSource } from '../errors.ts'

/** What one build consists of; it is renamed into place as a whole, so the first four are always there. */
const FILES = ['index.html', 'index.txt', 'message.eml', 'issue.json']
const IMAGES = 'images'
/** What file managers leave in a folder that somebody looked at. */
const LITTER = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini'])
/** Folders of the newsletter that a person, git or npm writes. */
const SOURCES = ['issues', 'emails', 'templates', 'src', 'node_modules', '.git']

/**
 * Makes sure that builds into a folder meet nothing that somebody wrote by hand.
 *
 * @param out - absolute path.
 * @throws AppError `command/out-is-source`
 */
export function assertOutFolder(root: string, out: string): void {
  const [home, target] = [resolveLinks(root), resolveLinks(out)]
  const isSource = SOURCES.some((name) => {
    const source = resolveLinks(join(root, name))
    return target === source || target.startsWith(source + sep)
  })
  if (target !== home && !isSource) return
  throw new AppError(outIsSource.code, outIsSource.message(relative(root, out) || '.'), {
    kind: 'usage',
    hint: outIsSource.hint(),
  })
}

// Of a folder that is not there yet, as far as it is.
function resolveLinks(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : join(resolveLinks(parent), basename(path))
  }
}

/**
 * Makes sure that a folder that is about to be replaced is missing, empty or an earlier build.
 *
 * @throws AppError `command/not-ours`
 */
export function assertReplaceable(folder: string): void {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  if (!found) return
  const foreign = findForeign(resolve(folder), found)
  if (foreign === undefined) return
  throw new AppError(notOurs.code, notOurs.message(folder, foreign), { kind: 'usage', hint: notOurs.hint() })
}

/** @returns what this tool did not write; `''` for the folder itself. */
function findForeign(folder: string, found: Stats): string | undefined {
  if (!found.isDirectory()) return ''
  const entries = list(folder)
  if (entries.length === 0) return undefined
  const other = entries.find((entry) =>
    entry.name === IMAGES ? !entry.isDirectory() : !(FILES.includes(entry.name) && entry.isFile()),
  )
  if (other) return other.name
  // A page of somebody's own may well be an index.html with a folder of images.
  if (FILES.some((name) => entries.every((entry) => entry.name !== name))) return entries[0]?.name
  const images = entries.some(({ name }) => name === IMAGES) ? list(join(folder, IMAGES)) : []
  const nested = images.find((entry) => !entry.isFile())
  return nested && `${IMAGES}/${nested.name}`
}

function list(folder: string): Dirent[] {
  return readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !LITTER.has(name))
}
