import { dirname, resolve } from 'node:path'
import { type Diagnostic, LineIndex, type Range, toLine } from '../base/index.ts'
import type { BlockSchema } from './block.ts'
import type { MarkdownText } from './markdown/fragment.ts'
import type { IssueError } from './errors/issue-error.ts'

/** A block of the configuration: `{ type, ...attributes, body? }`, its body in Markdown. */
export type SharedBlock = Readonly<Record<string, unknown>>

/** What the reader of issue files must know of the newsletter. */
export interface IssueOptions {
  /** Absolute path of the newsletter's folder. */
  readonly root: string
  readonly blocks: readonly BlockSchema[]
  /** Blocks of the configuration by name. */
  readonly shared?: Readonly<Record<string, unknown>>
  /** The newsletter's language, for quotation marks of an issue that names none. */
  readonly language?: string
  /** Names an issue's `template` may have; missing: any. */
  readonly templates?: readonly string[]
  /** Names of checks an issue may allow; missing: any. */
  readonly ruleIds?: readonly string[]
}

type Words<Args extends readonly unknown[]> = Pick<IssueError, 'code' | 'severity'> & {
  readonly message: (...args: Args) => string
  readonly hint?: (...args: Args) => string
}

/** One reading of one file: where problems go, and what its pieces must agree on. */
export interface Reading {
  readonly options: IssueOptions
  /** Path relative to the root. */
  readonly file: string
  /** Absolute folder that relative paths of images count from. */
  readonly folder: string
  readonly source: string
  readonly lines: LineIndex
  readonly diagnostics: Diagnostic[]
  /** Tag that decides about quotation marks; set once the front matter is read. */
  language: string | undefined
  /** False when the data could not be read, so that nothing can be missing in it. */
  hasData: boolean
  /** Every Markdown text of the file. */
  readonly texts: MarkdownText[]
  /** Notes referred to so far. */
  noteCount: number
  report<Args extends readonly unknown[]>(error: Words<Args>, range: Range | undefined, ...args: Args): void
}

/** Begins the reading of a file. */
export function startReading(source: string, file: string, options: IssueOptions): Reading {
  const diagnostics: Diagnostic[] = []
  return {
    options,
    file,
    folder: dirname(resolve(options.root, file)),
    source,
    lines: new LineIndex(source),
    diagnostics,
    language: options.language,
    hasData: true,
    texts: [],
    noteCount: 0,
    report(error, range, ...args) {
      diagnostics.push(describe(error, file, range, ...args))
    },
  }
}

/** A problem in words. */
export function describe<Args extends readonly unknown[]>(
  error: Words<Args>,
  file: string,
  range: Range | undefined,
  ...args: Args
): Diagnostic {
  const hint = error.hint?.(...args)
  return {
    code: error.code,
    severity: error.severity,
    // Words of the file are quoted; a hostile one must reach no terminal.
    message: toLine(error.message(...args)),
    ...(hint === undefined ? {} : { hint: toLine(hint) }),
    file,
    ...(range ? { range } : {}),
  }
}
