import type { IssueBody, MailPlace } from '../../api.ts'
import type { Look } from '../route.ts'

export type Diagnostic = IssueBody['diagnostics'][number]
export type Finding = IssueBody['findings'][number]

/** A diagnostic, a finding, or something seen in the page: what a card shows. */
export interface Problem {
  readonly look: 'error' | 'warning' | 'accepted' | 'seen'
  /** Code of the diagnostic, or id of the rule. */
  readonly code: string
  readonly message: string
  readonly remedy?: string | undefined
  /** What it does to readers or to delivery. */
  readonly why?: string | undefined
  /** The author's reason for accepting it. */
  readonly allowed?: string | undefined
  readonly reference?: string | undefined
  /** Lines of the file around it, or a piece of the mail. */
  readonly frame?: string | undefined
  readonly file?: string | undefined
  readonly range?: Diagnostic['range']
  readonly mail?: Pick<MailPlace, 'anchor' | 'words'> & { readonly part?: MailPlace['part'] }
  /** In which looks of the mail it was seen. */
  readonly seenIn?: string | undefined
  /** The look to show it in. */
  readonly seenAs?: Partial<Pick<Look, 'scheme' | 'device'>>
}

export function fromDiagnostic({ severity, code, hint, ...rest }: Diagnostic): Problem {
  return { ...rest, look: severity, code, remedy: hint }
}

export function fromFinding({ severity, rule, excerpt, frame, allowed, ...rest }: Finding): Problem {
  const look = allowed === undefined ? severity : 'accepted'
  return { ...rest, look, code: rule, allowed, frame: frame || excerpt }
}

/** Problems of one kind, in the order of the file; those without a place come last. */
export interface ProblemGroup {
  readonly look: Problem['look']
  readonly problems: readonly Problem[]
}

const LOOKS = ['error', 'warning', 'seen', 'accepted'] as const

/** Worst first; groups without a problem are left out. */
export function groupProblems(
  { diagnostics, findings }: Pick<IssueBody, 'diagnostics' | 'findings'>,
  seen: readonly Problem[] = [],
): ProblemGroup[] {
  const all = [...diagnostics.map(fromDiagnostic), ...findings.map(fromFinding), ...seen]
  return LOOKS.map((look) => ({
    look,
    problems: all.filter((problem) => problem.look === look).toSorted((a, b) => offsetOf(a) - offsetOf(b)),
  })).filter(({ problems }) => problems.length > 0)
}

function offsetOf({ range }: Problem): number {
  return range?.start.offset ?? Number.MAX_SAFE_INTEGER
}
