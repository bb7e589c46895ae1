import { Badge, Kbd, Skeleton, TextInput, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { memo, useEffect, useRef, useState } from 'react'
import type { IssueSummary } from '../api.ts'
import { CountBadges, Facts } from './badges.tsx'
import { FIRST_VIEW, formatRoute, type Route } from './route.ts'
import { SEARCH_ID } from './shortcuts.ts'
import type { State } from './store.ts'

/** Fewer are seen at a glance. */
const SEARCHED_FROM = 8

/** The column on the left: the newsletter, its issues, the inbox, how things are. */
export function Sidebar({ state, onHelp }: { readonly state: State; readonly onHelp: () => void }) {
  const { studio, issues, messages, route, status } = state
  const [query, setQuery] = useState('')
  const found = issues?.filter((issue) => matches(issue, query))
  return (
    <>
      <div className="brand">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="7" />
          <path d="M11 7h4v14h7v4H11z" />
        </svg>
        <p>
          <strong id="name">{studio?.name ?? 'Letterpress'}</strong>
          <span>Letterpress studio</span>
        </p>
      </div>
      {issues && issues.length >= SEARCHED_FROM ? (
        <TextInput
          id={SEARCH_ID}
          className="search"
          size="xs"
          aria-label="Search the issues"
          placeholder="Search"
          rightSection={<Kbd size="xs">/</Kbd>}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
      ) : null}
      <IssueList issues={found} isSearched={query !== ''} route={route} />
      <InboxLink total={messages?.length ?? 0} route={route} />
      <div className="foot">
        <p id="status" data-look={status.look}>
          {status.words}
        </p>
        {studio?.inboxAddress ? (
          <p>
            Inbox at <code>{studio.inboxAddress}</code>
          </p>
        ) : null}
        <UnstyledButton className="help" onClick={onHelp}>
          <Kbd size="xs">?</Kbd> Keys
        </UnstyledButton>
      </div>
    </>
  )
}

interface IssueListProps {
  readonly issues: readonly IssueSummary[] | undefined
  readonly isSearched: boolean
  readonly route: Route
}

function IssueList({ issues, isSearched, route }: IssueListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const open = route.page === 'issue' ? route.slug : undefined
  const isThere = issues?.some(({ slug }) => slug === open)
  useEffect(() => reveal(scroller.current), [open, isThere])
  const view = route.page === 'issue' ? route.view : FIRST_VIEW
  return (
    <div className="issues" ref={scroller} tabIndex={-1}>
      <h2 className="label">Issues</h2>
      {issues === undefined ? <Waiting /> : null}
      {issues?.length === 0 ? (
        <p className="empty">
          {isSearched ? (
            'None has these words.'
          ) : (
            <>
              No issue yet. <code>letterpress new</code> makes one.
            </>
          )}
        </p>
      ) : null}
      <ul>
        {issues?.map((issue) => (
          <IssueRow
            key={issue.slug}
            issue={issue}
            isOpen={issue.slug === open}
            href={formatRoute({ page: 'issue', slug: issue.slug, view, look: route.look })}
          />
        ))}
      </ul>
    </div>
  )
}

interface IssueRowProps {
  readonly issue: IssueSummary
  readonly isOpen: boolean
  readonly href: string
}

// Every save brings the whole list; rows that look the same are left alone.
const IssueRow = memo(
  ({ issue, isOpen, href }: IssueRowProps) => (
    <li>
      <a className="row" href={href} aria-current={isOpen ? 'page' : undefined}>
        <span className="row-title" dir="auto">
          {issue.title}
        </span>
        <span className="row-facts">
          {issue.draft ? <DraftBadge /> : null}
          <Facts period={issue.period} sizeBytes={issue.sizeBytes} />
          <CountBadges errors={issue.errors ?? 0} warnings={issue.warnings ?? 0} />
        </span>
      </a>
    </li>
  ),
  (a, b) => a.isOpen === b.isOpen && a.href === b.href && JSON.stringify(a.issue) === JSON.stringify(b.issue),
)

export function DraftBadge() {
  return (
    <Badge className="chip" size="sm" variant="light" color="gray">
      Draft
    </Badge>
  )
}

function InboxLink({ total, route }: { readonly total: number; readonly route: Route }) {
  const href = formatRoute({ page: 'inbox', tab: 'html', look: route.look })
  return (
    <a className="row inbox-row" href={href} aria-current={route.page === 'inbox' ? 'page' : undefined}>
      <span className="row-title">Inbox</span>
      {total > 0 ? (
        <Badge className="chip" size="sm" variant="light" color="gray">
          {total}
          <VisuallyHidden component="span"> {total === 1 ? 'message' : 'messages'}</VisuallyHidden>
        </Badge>
      ) : null}
    </a>
  )
}

function Waiting() {
  return (
    <div className="waiting" aria-hidden="true">
      {[70, 85, 60].map((width) => (
        <Skeleton key={width} height={14} width={`${width}%`} mb={22} />
      ))}
    </div>
  )
}

function matches({ title, slug, period }: IssueSummary, query: string): boolean {
  const text = `${title} ${slug} ${period ?? ''}`.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

// `scrollIntoView` would scroll the whole page as well, where the list stands above the mail.
function reveal(scroller: HTMLElement | null): void {
  const row = scroller?.querySelector('[aria-current]')?.getBoundingClientRect()
  if (!row || !scroller) return
  const { top, bottom } = scroller.getBoundingClientRect()
  if (row.top < top) scroller.scrollTop -= top - row.top
  if (row.bottom > bottom) scroller.scrollTop += row.bottom - bottom
}
