import { readdirSync } from 'node:fs'
import { extname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { type Diagnostic, sortDiagnostics } from '../base/index.ts'
import { fileErrors } from './errors/file.ts'
import type { Issue } from './model.ts'
import { readSource } from './read-source.ts'
import { describe, type IssueOptions } from './reading.ts'

const EXTENSIONS = ['.md', '.yaml', '.yml', '.json']
/** Where issues are, relative to the root. */
export const FOLDER = 'issues'

/** Whether a file's ending is that of an issue. */
export function isIssueFile(path: string): boolean {
  return EXTENSIONS.includes(extname(path).toLowerCase())
}

/** What came of reading one issue file. */
export interface IssueResult {
  /** Path relative to the root, `/` between folders. */
  readonly file: string
  /** The text that places count in; empty when the file could not be read. */
  readonly source: string
  /** Missing when there is an error. */
  readonly issue?: Issue
  readonly diagnostics: readonly Diagnostic[]
}

/** Paths of all issue files relative to the root, sorted. */
export function findIssues(root: string): string[] {
  try {
    return readdirSync(join(root, FOLDER), { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && isIssueFile(entry.name) && !/^[._]/.test(entry.name))
      .map((entry) => `${FOLDER}/${entry.name}`)
      .toSorted()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** A path relative to the root, `/` between folders. */
export function toFile(path: string, root: string): string {
  const absolute = isAbsolute(path) ? path : resolve(root, path)
  return relative(root, absolute).replaceAll(sep, '/')
}

/** Reads one issue file; a problem of content is a diagnostic, never thrown. */
export async function loadIssue(path: string, options: IssueOptions): Promise<IssueResult> {
  const file = toFile(path, options.root)
  if (file.startsWith('../') || !isIssueFile(file)) {
    const problem = file.startsWith('../')
      ? describe(fileErrors.unreadable, file, undefined, 'it is outside the folder of the newsletter')
      : describe(fileErrors.format, file, undefined, extname(file))
    return { file, source: '', diagnostics: [problem] }
  }
  const read = await readSource(file, options.root)
  if (read.source === undefined) return { file, source: '', diagnostics: read.diagnostics }
  const result = await parseIssue(read.source, file, options)
  return { ...result, diagnostics: sortDiagnostics([...read.diagnostics, ...result.diagnostics]) }
}

/**
 * Reads the text of an issue.
 *
 * @param file - path relative to the root; its ending decides about the format.
 */
export async function parseIssue(source: string, file: string, options: IssueOptions): Promise<IssueResult> {
  // The parsers take most of a cold start, so they are loaded with the first text.
  const { parseSource } = await import('./parse.ts')
  const text = source.replace(/^\u{FEFF}/u, '')
  return { file, source: text, ...parseSource(text, file, options) }
}

/** Reads all issues. */
export async function loadIssues(options: IssueOptions): Promise<IssueResult[]> {
  return await Promise.all(findIssues(options.root).map(async (file) => await loadIssue(file, options)))
}
