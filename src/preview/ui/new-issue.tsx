import { Button, Modal, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { CreatedIssue, ErrorBody } from '../api.ts'
import { explain, postJson } from './fetch-json.ts'
import { FIRST_VIEW } from './route.ts'
import { getState, go, search } from './store.ts'
import { toast } from './toast.tsx'
import { findFreeWeek, proposeSlug } from './weeks.ts'

interface NewIssueProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Asks what the new issue is called, writes its file and opens it. */
export function NewIssue({ isOpen, onClose }: NewIssueProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="New issue" size={520}>
      <NewIssueForm onDone={onClose} />
    </Modal>
  )
}

function NewIssueForm({ onDone }: { readonly onDone: () => void }) {
  const [title, setTitle] = useState('')
  const [week, setWeek] = useState(() => findFreeWeek(new Date(), listSlugs()))
  const [ownSlug, setOwnSlug] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ErrorBody['error']>()
  const slug = ownSlug ?? proposeSlug(week, title)
  const isTaken = listSlugs().includes(slug)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await create({ slug, week, ...(title.trim() === '' ? {} : { title: title.trim() }) })
      onDone()
    } catch (error) {
      setFailure(explain(error).error)
    }
    setBusy(false)
  }
  return (
    <form className="new-issue" onSubmit={(event) => void submit(event)}>
      <TextInput
        label="Title"
        placeholder="What it is about; you can change it later"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        maxLength={300}
        data-autofocus
      />
      <div className="new-issue-pair">
        <TextInput
          type="week"
          label="Week"
          value={week}
          required
          withAsterisk={false}
          pattern="\d{4}-W\d\d"
          onChange={(event) => setWeek(event.currentTarget.value)}
        />
        <TextInput
          label="Name of the file"
          value={slug}
          required
          withAsterisk={false}
          maxLength={100}
          spellCheck={false}
          error={isTaken ? 'There is an issue of this name.' : null}
          onChange={(event) => setOwnSlug(event.currentTarget.value || undefined)}
        />
      </div>
      <Foot slug={slug} failure={failure} isBusy={isBusy} isTaken={isTaken} onCancel={onDone} />
    </form>
  )
}

interface FootProps {
  readonly slug: string
  readonly failure: ErrorBody['error'] | undefined
  readonly isBusy: boolean
  readonly isTaken: boolean
  readonly onCancel: () => void
}

function Foot({ slug, failure, isBusy, isTaken, onCancel }: FootProps) {
  return (
    <>
      <p className="small">
        Writes <code>{`issues/${slug}.md`}</code> with a first section to start from.
      </p>
      {failure ? (
        <p className="form-failure" role="alert">
          {failure.message} {failure.hint}
        </p>
      ) : null}
      <div className="form-foot">
        <Button variant="default" size="sm" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" size="sm" loading={isBusy} disabled={isTaken}>
          Create and open
        </Button>
      </div>
    </>
  )
}

interface Wish {
  readonly slug: string
  readonly week: string
  readonly title?: string
}

async function create(wish: Wish): Promise<void> {
  const { slug, file } = await postJson<CreatedIssue>('/api/issues', wish)
  const { look } = getState().route
  // A search might hide it.
  search('')
  go({ page: 'issue', slug, view: FIRST_VIEW, look })
  toast({ words: `Wrote ${file}. Press E to open it in your editor.`, look: 'done' })
}

function listSlugs(): string[] {
  return (getState().issues ?? []).map(({ slug }) => slug)
}
