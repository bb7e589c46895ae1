import { spawn } from 'node:child_process'
import { lstatSync, realpathSync } from 'node:fs'
import { isAbsolute, join, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AppError } from '../base/index.ts'
import type { EditorLink, FilePlace } from '../preview/index.ts'
import { noEditor } from './errors.ts'

/** Editors that take `FILE:LINE:COLUMN` after this flag; others get the line as most do. */
const GOTO: Readonly<Record<string, readonly string[]>> = {
  code: ['-g'],
  'code-insiders': ['-g'],
  codium: ['-g'],
  cursor: ['-g'],
  windsurf: ['-g'],
}
/** Those that take the place as part of the name. */
const COLON = /^(?:subl|zed|atom|hx|micro)$/
/** Those that need the terminal, which is the studio's. */
const NEEDS_TERMINAL = /^(?:vi|vim|nvim|nano|emacs|hx|micro|joe|ne|pico|ed)$/

/** A link that opens a file of the newsletter in the editor. @returns undefined when it is none. */
export function linkToEditor(root: string, place: FilePlace): EditorLink | undefined {
  const path = findInside(root, place.file)
  if (path === undefined) return undefined
  const { line = 1, column = 1 } = place
  return { url: `vscode://file${pathToFileURL(path).pathname}:${line}:${column}` }
}

/**
 * Starts the author's editor.
 *
 * @param command - `code -g`; its words are parted by blanks, and no shell reads them.
 * @returns false for what is no file of the newsletter.
 * @throws AppError `studio/no-editor`
 */
export function startEditor(root: string, place: FilePlace, command: string | undefined): boolean {
  const path = findInside(root, place.file)
  if (path === undefined) return false
  const [program, ...args] = command?.trim().split(/\s+/) ?? []
  if (program === undefined || program === '')
    throw new AppError(noEditor.code, noEditor.message(), { kind: 'usage', hint: noEditor.hint() })
  const child = spawn(program, [...args, ...placeArguments(program, args, path, place)], {
    cwd: root,
    stdio: 'ignore',
    detached: true,
  })
  // A command that is not there: the author sees that nothing opens.
  child.on('error', () => undefined)
  child.unref()
  return true
}

/** The command to start; undefined when links are to be used. EDITOR is often one that needs a terminal. */
export function chooseEditor(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const own = environment['LETTERPRESS_EDITOR']?.trim()
  if (own) return own
  const usual = environment['EDITOR']?.trim()
  return usual && !NEEDS_TERMINAL.test(nameOf(usual.split(/\s+/)[0] ?? '')) ? usual : undefined
}

function placeArguments(
  program: string,
  args: readonly string[],
  path: string,
  { line = 1, column = 1 }: FilePlace,
): string[] {
  const name = nameOf(program)
  const flags = GOTO[name]
  if (flags) return [...flags.filter((flag) => !args.includes(flag)), `${path}:${line}:${column}`]
  return COLON.test(name) ? [`${path}:${line}:${column}`] : [path]
}

function nameOf(program: string): string {
  return (program.split(/[\\/]/).at(-1) ?? '').replace(/\.(?:exe|cmd)$/i, '')
}

/** @returns the real path of a plain file that lies in the folder by no link, and is none of the hidden ones. */
export function findInside(root: string, file: string): string | undefined {
  if (file.includes('\0') || isAbsolute(file) || /^[a-z]:/i.test(file) || file.includes('\\')) return undefined
  if (file.split('/').some((name) => name === '' || name.startsWith('.') || name === 'node_modules')) return undefined
  try {
    const path = resolve(root, file)
    const real = realpathSync(root)
    if (realpathSync(path) !== join(real, file.split('/').join(sep))) return undefined
    return lstatSync(path).isFile() ? path : undefined
  } catch {
    return undefined
  }
}
