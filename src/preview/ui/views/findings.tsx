import { Findings } from '../findings.tsx'
import type { IssueViewProps } from './types.ts'

/** What the checks say. */
export function FindingsView({ open: { body } }: IssueViewProps) {
  return (
    <div className="content">
      <Findings body={body} />
    </div>
  )
}
