import type { Position, Range, Severity } from '../base/index.ts'

/** A part of the mail. */
export type Part = 'html' | 'text' | 'headers' | 'message'

/** One thing a check found. */
export interface Finding {
  /** Id of the rule. */
  readonly rule: string
  readonly severity: Severity
  /** What was found; full sentences on one line, free of control characters. */
  readonly message: string
  /** What to do about it. */
  readonly remedy: string
  /** Where the requirement comes from. */
  readonly reference: string
  /** The issue file, relative to the root. */
  readonly file: string
  /** Place in the issue file, when the thing found has one. */
  readonly range?: Range
  /** Where it shows in the mail. */
  readonly part?: Part
  /** Place in the HTML as built for the sample reader; for `headers` and `message` in the bytes of the message. */
  readonly position?: Position
  /** Short piece of that part. */
  readonly excerpt?: string
  /** The author's reason for accepting it; such a finding is shown and not counted. */
  readonly allowed?: string
}
