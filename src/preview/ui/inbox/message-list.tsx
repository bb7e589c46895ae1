import { CloseButton, Loader, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { InboxSummary, StudioBody } from '../../api.ts'
import { CopyLine } from '../copy-line.tsx'
import { Failure } from '../failure.tsx'
import { formatNumber } from '../figures.ts'
import { count } from '../format.ts'
import { formatRoute, type InboxRoute } from '../route.ts'
import type { State } from '../store.ts'
import { Toolbar } from '../toolbar.tsx'
import { DeleteAll } from './delete-all.tsx'
import { MessageRow } from './message-row.tsx'
import { SmtpAddress } from './smtp-address.tsx'
import { useInbox } from './use-inbox.ts'

const PAUSE_MS = 120
const NOTHING_YET = { messages: undefined, total: 0 } as const

interface MessageListProps {
  readonly state: State
  readonly route: InboxRoute
  readonly words: string
  readonly onWords: (words: string) => void
}

/** What the inbox has received, newest first. */
export function MessageList({ state, route, words, onWords }: MessageListProps) {
  const [query] = useDebouncedValue(words.trim(), PAUSE_MS)
  const { data, failure, isLoading } = useInbox(query, state)
  const { messages, total } = data ?? NOTHING_YET
  const isSearched = query !== ''
  return (
    <>
      <InboxHead studio={state.studio} total={isSearched ? 0 : total} />
      <div className="bar" />
      <div className="stage" data-scrolls>
        {total > 0 || words !== '' ? (
          <Toolbar label="Search the inbox">
            <SearchField words={words} isBusy={isSearched && isLoading} onWords={onWords} />
            <span className="figures" role="status">
              {messages ? tellTotal(total, messages.length, isSearched) : ''}
            </span>
          </Toolbar>
        ) : null}
        <div className="content">
          {failure && !messages ? <Failure {...failure} /> : null}
          {messages || failure ? null : <p className="loading">Opening …</p>}
          {messages ? (
            <Rows messages={messages} route={route} isSearched={isSearched} slug={state.issue?.slug} />
          ) : null}
        </div>
      </div>
    </>
  )
}

interface InboxHeadProps {
  readonly studio: StudioBody | undefined
  /** How many may be deleted. */
  readonly total: number
}

function InboxHead({ studio, total }: InboxHeadProps) {
  return (
    <div className="head">
      <div className="head-line">
        <h1>Inbox</h1>
        {total > 0 ? (
          <div className="head-buttons">
            <DeleteAll total={total} />
          </div>
        ) : null}
      </div>
      <SmtpAddress studio={studio} />
    </div>
  )
}

interface SearchFieldProps {
  readonly words: string
  readonly isBusy: boolean
  readonly onWords: (words: string) => void
}

function SearchField({ words, isBusy, onWords }: SearchFieldProps) {
  return (
    <TextInput
      className="inbox-search"
      size="xs"
      aria-label="Search the inbox"
      placeholder="Sender, recipient or subject"
      value={words}
      onChange={(event) => onWords(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onWords('')
      }}
      rightSection={
        isBusy ? (
          <Loader size={12} />
        ) : words === '' ? null : (
          <CloseButton size="xs" aria-label="Clear the search" onClick={() => onWords('')} />
        )
      }
    />
  )
}

function tellTotal(total: number, listed: number, isSearched: boolean): string {
  const words = isSearched ? `${formatNumber(total)} found` : count(total, 'message')
  return total > listed ? `${words}; the newest ${listed} are listed` : words
}

interface RowsProps {
  readonly messages: readonly InboxSummary[]
  readonly route: InboxRoute
  readonly isSearched: boolean
  readonly slug: string | undefined
}

function Rows({ messages, route, isSearched, slug }: RowsProps) {
  if (messages.length === 0 && isSearched) return <p className="loading">No message has these words.</p>
  if (messages.length === 0) return <Empty route={route} slug={slug} />
  return (
    <ul className="messages">
      {messages.map((message) => (
        <MessageRow key={message.id} message={message} route={route} />
      ))}
    </ul>
  )
}

function Empty({ route, slug }: { readonly route: InboxRoute; readonly slug: string | undefined }) {
  return (
    <div className="notice">
      <h2>Nothing here yet</h2>
      <p>
        Point any program at the address above, or{' '}
        <a href={formatRoute({ page: 'issue', slug, view: 'test', look: route.look })}>send a test of an issue</a>; what
        arrives appears here by itself. Nothing leaves this machine.
      </p>
      <CopyLine text={`npx letterpress test ${slug ?? 'ISSUE'} --to you@example.com`} />
    </div>
  )
}
