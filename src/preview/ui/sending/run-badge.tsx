import { Badge } from '@mantine/core'
import type { RunSummary } from '../../api.ts'
import { nameState } from './words.ts'

const LOOKS: Readonly<Record<RunSummary['state'], string>> = {
  scheduled: 'scheduled',
  sending: 'sending',
  incomplete: 'incomplete',
  paused: 'paused',
  cancelled: 'cancelled',
  finished: 'sent',
}

/** How a send stands. */
export function RunBadge({ run }: { readonly run: RunSummary }) {
  return (
    <Badge className={`chip state-${LOOKS[run.state]}`} size="sm" variant="light" color="gray">
      {nameState(run)}
    </Badge>
  )
}
