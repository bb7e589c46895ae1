import type { ErrorData, Severity } from '../../base/index.ts'

/** An error of this module: a problem of content, reported and never thrown. */
export interface IssueError extends ErrorData {
  readonly severity: Severity
}
