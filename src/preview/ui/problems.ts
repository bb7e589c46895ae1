import type { IssueBody } from '../api.ts'

/** How many diagnostics and findings there are that the issue does not accept. */
export function countProblems({ diagnostics, findings }: Pick<IssueBody, 'diagnostics' | 'findings'>): ProblemCounts {
  const all = [...diagnostics, ...findings.filter(({ allowed }) => allowed === undefined)]
  const errors = all.filter(({ severity }) => severity === 'error').length
  return { errors, warnings: all.length - errors }
}

export interface ProblemCounts {
  readonly errors: number
  readonly warnings: number
}
