import { Button } from '@mantine/core'
import { useState } from 'react'
import type { RunLever, RunSummary } from '../../api.ts'
import { LeverDialog } from './lever-dialog.tsx'

const NAMES: Readonly<Record<RunLever, string>> = { pause: 'Pause', resume: 'Resume', cancel: 'Cancel for good' }

interface LeversProps {
  readonly run: RunSummary
  readonly onPulled: (lever: RunLever) => void
}

/** What can be done with a send now; each asks before it does. */
export function Levers({ run, onPulled }: LeversProps) {
  const [asked, setAsked] = useState<RunLever>()
  if (run.levers.length === 0 && asked === undefined) return null
  return (
    <div className="head-buttons">
      {run.levers.map((lever) => (
        <Button
          key={lever}
          size="xs"
          variant={lever === 'resume' ? 'filled' : 'default'}
          className={lever === 'cancel' ? 'grave' : ''}
          onClick={() => setAsked(lever)}
        >
          {NAMES[lever]}
        </Button>
      ))}
      <LeverDialog
        run={run}
        lever={asked}
        onClose={() => setAsked(undefined)}
        onPulled={(lever) => {
          setAsked(undefined)
          onPulled(lever)
        }}
      />
    </div>
  )
}
