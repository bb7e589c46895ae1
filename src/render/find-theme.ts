import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { findNearest } from '../base/index.ts'
import { unknownTheme } from './errors.ts'
import { RenderFailure } from './failure.ts'

const FOLDER = join('emails', 'themes')

/** Absolute paths of the newsletter and of the tool. */
interface Folders {
  readonly root: string
  readonly builtIn: string
}

/**
 * The file of a theme: a path below the newsletter when it has a dot or a slash, else the name of a file of
 * `emails/themes/`, the author's before a shipped one.
 *
 * @returns an absolute path.
 * @throws RenderFailure `render/unknown-theme`
 */
export function findTheme(theme: string, { root, builtIn }: Folders): string {
  if (/[./\\]/.test(theme)) return resolve(root, theme)
  const folders = [join(root, FOLDER), join(builtIn, FOLDER)]
  const file = folders.map((folder) => join(folder, `${theme}.ts`)).find((path) => existsSync(path))
  if (file !== undefined) return file
  const names = [...new Set(folders.flatMap(listNames))].toSorted()
  throw new RenderFailure({
    code: unknownTheme.code,
    severity: 'error',
    message: unknownTheme.message(theme, findNearest(theme, names)),
    hint: unknownTheme.hint(names),
    file: 'letterpress.config.ts',
  })
}

function listNames(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((file) => (file.endsWith('.ts') ? [file.slice(0, -3)] : []))
}
