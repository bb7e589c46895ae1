import type { IssueBody } from '../../api.ts'

/** Octets of HTML that Gmail shows before it cuts a mail off, about. @see rule `size-clip` */
export const CLIPPED_BYTES = 102_000

/** Whether a mail is too heavy, by the check of the newsletter's own limits. */
export function loadOf(findings: IssueBody['findings']): 'good' | 'warning' | 'error' {
  return findings.find(({ rule }) => rule === 'size-clip')?.severity ?? 'good'
}
