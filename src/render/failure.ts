import { relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BundleError, type Diagnostic, messageOf, type Range } from '../base/index.ts'
import { brokenModule } from './errors.ts'

/** Content problems on their way up to the one place that returns diagnostics. */
export class RenderFailure extends Error {
  readonly diagnostics: readonly [Diagnostic, ...Diagnostic[]]

  constructor(diagnostics: Diagnostic | readonly [Diagnostic, ...Diagnostic[]], cause?: unknown) {
    const all = 'code' in diagnostics ? ([diagnostics] as const) : diagnostics
    super(all[0].message, { cause })
    this.name = 'RenderFailure'
    this.diagnostics = all
  }
}

/** A range of one character, for errors that name a place only. */
export function pointAt(line: number, column: number): Range {
  const start = { line, column, offset: 0 }
  return { start, end: { line, column: column + 1, offset: 0 } }
}

/** A path as the author would type it. */
export function toRelative(file: string, root: string): string {
  const path = relative(root, file)
  return (path.startsWith('..') ? file : path).split(sep).join('/')
}

/** What went wrong while a file of the author was bundled or first run, with its place. */
export function describeLoadFailure(error: unknown, file: string, root: string): Diagnostic {
  const base = { code: brokenModule.code, severity: 'error', message: brokenModule.message(messageOf(error)) } as const
  if (error instanceof BundleError) {
    const place = error.line ? { range: pointAt(error.line, error.column ?? 1) } : {}
    return { ...base, file: toRelative(error.file, root), ...place }
  }
  return { ...base, ...findPlace(error, file, root) }
}

/**
 * The first line of a stack that is the author's own: bundles carry source maps, so Node names the `.tsx` file.
 *
 * @param fallback - file to name when no line is the author's.
 */
export function findPlace(error: unknown, fallback: string, root: string): { file: string; range?: Range } {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  for (const match of stack.matchAll(/(?:\(|at )((?:file:\/\/|\/|[A-Za-z]:\\)[^\n()]*?):(\d+):(\d+)\)?$/gm)) {
    const file = match[1]?.startsWith('file://') ? fileURLToPath(match[1]) : (match[1] ?? '')
    if (
      file.startsWith(root + sep) &&
      !file.includes(`${sep}node_modules${sep}`) &&
      !file.startsWith(`${root}${sep}src${sep}`)
    ) {
      return { file: toRelative(file, root), range: pointAt(Number(match[2]), Number(match[3])) }
    }
  }
  return { file: toRelative(fallback, root) }
}
