import { Badge } from '@mantine/core'
import type { IssueState, IssueSummary } from '../api.ts'

const NAMES: Readonly<Record<IssueState, string>> = {
  draft: 'Draft',
  tested: 'Tested',
  scheduled: 'Scheduled',
  sending: 'Sending',
  paused: 'Paused',
  incomplete: 'Incomplete',
  sent: 'Sent',
  cancelled: 'Cancelled',
}

const WORDS: Readonly<Record<IssueState, string>> = {
  draft: 'Not tested as it is now',
  tested: 'A test of it as it is now was sent',
  scheduled: 'Approved; the send begins later',
  sending: 'It is being sent',
  paused: 'The send is paused',
  incomplete: 'Somebody has not got it yet, and nothing is sending',
  sent: 'Everybody has it',
  cancelled: 'The send was cancelled',
}

/** How far an issue is, in a word; nothing while it is not known. */
export function StateBadge({ state, draft, isRehearsal }: Pick<IssueSummary, 'state' | 'draft' | 'isRehearsal'>) {
  const shown = state ?? (draft ? 'draft' : undefined)
  if (shown === undefined) return null
  const words = isRehearsal ? `${WORDS[shown]}; it went into the inbox here, so nobody received it` : WORDS[shown]
  return (
    <Badge className={`chip state-${shown}`} size="sm" variant="light" color="gray" title={words}>
      {isRehearsal ? `${NAMES[shown]}, rehearsed` : NAMES[shown]}
    </Badge>
  )
}
