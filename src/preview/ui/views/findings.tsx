import { useSeen } from '../axe/use-seen.ts'
import { FindingsPanel } from '../findings/findings-panel.tsx'
import type { IssueViewProps } from './types.ts'

/** What the checks say of the issue, and what is seen of its mail. */
export function FindingsView({ open: { body }, route }: IssueViewProps) {
  const seen = useSeen(body.mail)
  return (
    <div className="content" data-scrolls>
      <FindingsPanel body={body} seen={seen} route={route} />
    </div>
  )
}
