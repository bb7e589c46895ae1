import { Button, SegmentedControl } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { ErrorBody, MailBody, StudioBody, TestBody, TestWish } from '../../api.ts'
import { explain, postJson } from '../fetch-json.ts'
import type { IssueRoute } from '../route.ts'
import { go } from '../store.ts'
import { ReaderSelect } from './reader-select.tsx'
import { findProblem, Recipients, splitAddresses } from './recipients.tsx'
import { rememberRecipients, rememberTest, useTestMemory } from './sent-tests.ts'

interface TestFormProps {
  readonly mail: MailBody
  readonly route: IssueRoute
  readonly slug: string
  readonly studio: StudioBody | undefined
}

/** Asks to whom, as whom and by which way, and sends. */
export function TestForm({ mail, route, slug, studio }: TestFormProps) {
  const { to } = useTestMemory()
  const [words, setWords] = useState('')
  const [way, setWay] = useState<Way>('configured')
  const { failure, isBusy, isAsked, send } = useSending(slug, mail)
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    // Also what is still being written.
    const all = splitAddresses([...to, words])
    rememberRecipients(all)
    setWords('')
    void send(all, way)
  }
  return (
    <form className="sheet test-form" onSubmit={onSubmit} aria-label="Send a test">
      <Recipients
        to={to}
        from={mail.from}
        words={words}
        problem={isAsked ? findProblem(splitAddresses([...to, words])) : findProblem(to, true)}
        onWords={setWords}
        onChange={(next) => rememberRecipients(splitAddresses(next))}
      />
      <ReaderSelect
        reader={mail.reader}
        onChoose={(reader) => go({ ...route, look: { ...route.look, reader } }, { replace: true })}
      />
      <MissingHere mail={mail} />
      <Way studio={studio} way={way} onChange={setWay} />
      {failure ? (
        <p className="form-failure" role="alert">
          {failure.message} {failure.hint}
        </p>
      ) : null}
      <div className="form-foot">
        {mail.isStale ? (
          <p className="small">The file must be mended first: what is shown is an older version.</p>
        ) : null}
        <Button type="submit" loading={isBusy} disabled={mail.isStale} onMouseDown={stay}>
          Send the test
        </Button>
      </div>
    </form>
  )
}

function useSending(slug: string, { reader }: MailBody) {
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ErrorBody['error']>()
  const [isAsked, setAsked] = useState(false)
  const send = async (to: readonly string[], way: Way) => {
    setAsked(true)
    setFailure(undefined)
    if (findProblem(to) !== undefined || isBusy) return
    setBusy(true)
    try {
      const wish: TestWish = { to, reader: reader.id, ...(way === 'inbox' ? { into: way } : {}) }
      const body = await postJson<TestBody>(`/api/issues/${encodeURIComponent(slug)}/test`, wish)
      rememberTest({ slug, at: new Date().toISOString(), reader: reader.name ?? reader.email, body })
      setAsked(false)
    } catch (error) {
      setFailure(explain(error).error)
    }
    setBusy(false)
  }
  return { failure, isBusy, isAsked, send }
}

type Way = 'configured' | 'inbox'

// A field that is left grows by what was written in it, and the button would move away from under the pointer.
function stay(event: { preventDefault(): void }): void {
  event.preventDefault()
}

/** Values that stand in the mail, and that this reader lacks. */
function MissingHere({ mail: { missing } }: { readonly mail: MailBody }) {
  const slots = missing.filter(({ isMissingHere }) => isMissingHere).map(({ slot }) => slot)
  if (slots.length === 0) return null
  return (
    <p className="test-lack">
      {'This reader has no value for '}
      {slots.map((slot, index) => (
        <span key={slot}>
          {index > 0 ? ', ' : ''}
          <code>{slot}</code>
        </span>
      ))}
      {', and the mail has nothing to put there instead.'}
    </p>
  )
}

interface WayProps {
  readonly studio: StudioBody | undefined
  readonly way: Way
  readonly onChange: (way: Way) => void
}

function Way({ studio, way, onChange }: WayProps) {
  if (!studio) return null
  const { transport } = studio
  if (transport.name === 'inbox')
    return (
      <p className="test-way">
        <b>Into the inbox here.</b> No SMTP server is configured, so nobody else receives it.
      </p>
    )
  return (
    <div className="test-way">
      <SegmentedControl
        size="xs"
        withItemsBorders={false}
        aria-label="Way of the test"
        data={[
          { value: 'configured', label: 'Through the server' },
          { value: 'inbox', label: 'Into the inbox here' },
        ]}
        value={way}
        onChange={(value) => onChange(value === 'inbox' ? 'inbox' : 'configured')}
      />
      <p className="small">
        {way === 'inbox' ? (
          'It stays on this machine; nobody receives it, and it is not the test that a send asks for.'
        ) : (
          <>
            By SMTP through <code>{transport.place}</code>, to real mailboxes.
          </>
        )}
      </p>
    </div>
  )
}
