import type { Diagnostic } from '../../base/index.ts'
import type { Issue } from '../../issue/index.ts'
import type { Finding } from '../finding.ts'

/** All that is known about one issue file; what every format is written from. */
export interface IssueReport {
  readonly file: string
  /** Missing when the file could not be read as one. */
  readonly issue?: Pick<Issue, 'id'>
  readonly diagnostics: readonly Diagnostic[]
  readonly findings: readonly Finding[]
  /** The file's text, for code frames. */
  readonly source?: string
  /** Texts of the other files that diagnostics name, by path: templates, blocks, the theme. */
  readonly sources?: Readonly<Record<string, string>>
  /** Octets of the HTML as sent. */
  readonly sizeBytes?: number
}

export interface Counts {
  readonly errors: number
  readonly warnings: number
  /** Findings that the author accepted; they are in neither of the others. */
  readonly allowed: number
}

/** Problems of some issues by weight. */
export function countProblems(reports: readonly Pick<IssueReport, 'diagnostics' | 'findings'>[]): Counts {
  const findings = reports.flatMap((report) => report.findings)
  const counted = [
    ...reports.flatMap((report) => report.diagnostics),
    ...findings.filter((finding) => finding.allowed === undefined),
  ]
  const errors = counted.filter((problem) => problem.severity === 'error').length
  return {
    errors,
    warnings: counted.length - errors,
    allowed: findings.filter((finding) => finding.allowed !== undefined).length,
  }
}

/** A diagnostic or a finding, in the words that both are shown with. */
export interface Problem extends Diagnostic {
  readonly part?: Finding['part']
  readonly position?: Finding['position']
  readonly excerpt?: string
  readonly reference?: string
  readonly allowed?: string
}

/** Text of the file that a problem is in; undefined when it could not be read. */
export function sourceOf(
  problem: Pick<Diagnostic, 'file'>,
  report: Pick<IssueReport, 'file' | 'source' | 'sources'>,
): string | undefined {
  if (problem.file === report.file) return report.source
  const { sources = {} } = report
  return Object.hasOwn(sources, problem.file) ? sources[problem.file] : undefined
}

/** Diagnostics and findings of one issue in one list, sorted by place; a problem of the file itself comes first. */
export function listProblems({ diagnostics, findings }: IssueReport): Problem[] {
  const found = findings.map(({ rule, remedy, ...finding }): Problem => ({ code: rule, hint: remedy, ...finding }))
  const offsetOf = (problem: Problem): number =>
    problem.range?.start.offset ?? (problem.part === undefined ? -1 : Number.MAX_SAFE_INTEGER)
  return [...diagnostics, ...found].toSorted((a, b) => offsetOf(a) - offsetOf(b))
}
