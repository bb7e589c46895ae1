/** Words for one kind of error. Codes are `module/kebab-name` and never change. */
export interface ErrorData {
  readonly code: string
  /** A few words for lists and reference pages. */
  readonly title: string
  /** Full sentences: what happened, why, what to do. */
  readonly message: (...args: never[]) => string
  readonly hint?: (...args: never[]) => string
}

/** What kind of trouble a thrown error is; it decides the exit code (DESIGN §9). */
export type ErrorKind = 'usage' | 'environment'

/** Broken machinery or wrong usage: network, disk, configuration. Content problems are `Diagnostic`s instead. */
export class AppError extends Error {
  readonly code: string
  readonly kind: ErrorKind
  readonly hint: string | undefined

  constructor(code: string, message: string, options: { kind: ErrorKind; hint?: string; cause?: unknown }) {
    super(message, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.kind = options.kind
    this.hint = options.hint
  }
}

/** The message of anything thrown, on one line. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, ' ')
}
