import { Button, Modal, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { ErrorBody, LeverWish, RunBody, RunLever, RunSummary } from '../../api.ts'
import { explain, postJson } from '../fetch-json.ts'
import { countOf, formatNumber } from '../figures.ts'
import { toast } from '../toast.tsx'

const TITLES = {
  pause: 'Pause the send?',
  resume: 'Go on with the send?',
  cancel: 'Cancel the send for good?',
} as const
const YES = { pause: 'Pause', resume: 'Go on sending', cancel: 'Cancel for good' } as const
const DONE = {
  pause: 'Paused. What is on the wire ends; nothing new begins.',
  resume: 'Resumed. It goes on in a moment.',
  cancel: 'Cancelled for good.',
} as const

interface LeverDialogProps {
  readonly run: RunSummary
  /** Missing: nothing is asked. */
  readonly lever: RunLever | undefined
  readonly onClose: () => void
  readonly onPulled: (lever: RunLever) => void
}

/** Asks before a lever is pulled; where the command line wants the name typed, so does this. */
export function LeverDialog({ run, lever, onClose, onPulled }: LeverDialogProps) {
  // What it says stays while it fades.
  const [shown, setShown] = useState<RunLever>('pause')
  if (lever !== undefined && lever !== shown) setShown(lever)
  return (
    <Modal opened={lever !== undefined} onClose={onClose} title={TITLES[shown]} size={480}>
      <LeverForm key={shown} run={run} lever={shown} onClose={onClose} onPulled={onPulled} />
    </Modal>
  )
}

function LeverForm({ run, lever, onClose, onPulled }: LeverFormProps) {
  const { slug } = run
  const [typed, setTyped] = useState('')
  const { isBusy, failure, pull } = usePull(run, lever, onPulled)
  const isTyping = lever === 'cancel'
  const isReady = !isTyping || typed.trim() === slug
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    if (isReady) void pull(isTyping ? typed : slug)
  }
  return (
    <form className="lever-form" onSubmit={onSubmit}>
      <Consequence run={run} lever={lever} />
      {isTyping ? <NameField slug={slug} typed={typed} onChange={setTyped} /> : null}
      {failure ? (
        <p className="form-failure" role="alert">
          {failure.message} {failure.hint}
        </p>
      ) : null}
      <div className="form-foot">
        <Button variant="default" size="sm" onClick={onClose}>
          {isTyping ? 'Do not cancel' : 'Not now'}
        </Button>
        <Button
          type="submit"
          size="sm"
          {...(isTyping ? { color: 'red' } : { 'data-autofocus': true })}
          loading={isBusy}
          disabled={!isReady}
        >
          {YES[lever]}
        </Button>
      </div>
    </form>
  )
}

interface LeverFormProps extends LeverDialogProps {
  readonly lever: RunLever
}

function usePull({ issue }: RunSummary, lever: RunLever, onPulled: (lever: RunLever) => void) {
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ErrorBody['error']>()
  const pull = async (confirm: string) => {
    if (isBusy) return
    setBusy(true)
    setFailure(undefined)
    try {
      const wish: LeverWish = { confirm }
      await postJson<RunBody>(`/api/runs/${encodeURIComponent(issue)}/${lever}`, wish)
      toast({ words: DONE[lever], look: 'done' })
      onPulled(lever)
    } catch (error) {
      setFailure(explain(error).error)
    }
    setBusy(false)
  }
  return { isBusy, failure, pull }
}

interface NameFieldProps {
  readonly slug: string
  readonly typed: string
  readonly onChange: (typed: string) => void
}

function NameField({ slug, typed, onChange }: NameFieldProps) {
  return (
    <TextInput
      label={
        <>
          Type <code>{slug}</code> to cancel it for good
        </>
      }
      value={typed}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      data-autofocus
    />
  )
}

/** As the command line says before it asks. */
function Consequence({ run, lever }: { readonly run: RunSummary; readonly lever: RunLever }) {
  const { counts, subject, transport } = run
  const left = counts.pending + counts.handed + counts.deferred
  switch (lever) {
    case 'pause':
      return (
        <p>
          What is on the wire ends; nothing new begins. {countOf(left, 'reader')} will wait until you resume it, and
          nobody is mailed twice.
        </p>
      )
    case 'resume':
      return (
        <p>
          <b>{countOf(left, 'reader')}</b> will get <bdi>“{subject}”</bdi>
          {transport === 'inbox' ? ', into the inbox here.' : ' by SMTP.'} Whoever has it does not get it again.
        </p>
      )
    case 'cancel':
      return (
        <p>
          {formatNumber(counts.accepted)} got it and keep it;{' '}
          <b>{formatNumber(left)} are left and would never get it</b>. A cancelled issue cannot be sent again.
        </p>
      )
  }
}
