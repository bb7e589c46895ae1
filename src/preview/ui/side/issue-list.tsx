import { Button, Skeleton } from '@mantine/core'
import { memo, useEffect, useRef } from 'react'
import type { IssueSummary } from '../../api.ts'
import { CountBadges } from '../badges.tsx'
import { formatDay, formatSize } from '../format.ts'
import { FIRST_VIEW, formatRoute } from '../route.ts'
import { StateBadge } from '../state-badge.tsx'
import type { State } from '../store.ts'

interface IssueListProps {
  readonly state: State
  /** Those that the search leaves; missing: not known yet. */
  readonly found: readonly IssueSummary[] | undefined
  readonly onNew: () => void
}

/** The issues, newest first. Rows out of sight cost nothing: styles/side.css. */
export function IssueList({ state: { route, issues, query }, found, onNew }: IssueListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const open = route.page === 'issue' ? route.slug : undefined
  const isThere = found?.some(({ slug }) => slug === open)
  useEffect(() => reveal(scroller.current), [open, isThere])
  const total = issues?.length ?? 0
  const view = route.page === 'issue' ? route.view : FIRST_VIEW
  return (
    <div className="issues" ref={scroller} tabIndex={-1}>
      <h2 className="label">
        Issues
        {query.trim() === '' ? null : <span>{` ${found?.length ?? 0} of ${total}`}</span>}
      </h2>
      {found === undefined ? <Waiting /> : null}
      {found?.length === 0 ? <Empty isSearched={total > 0} onNew={onNew} /> : null}
      <ul>
        {found?.map((issue) => (
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
          <StateBadge {...issue} />
          <RowFacts issue={issue} />
          <CountBadges errors={issue.errors ?? 0} warnings={issue.warnings ?? 0} />
        </span>
      </a>
    </li>
  ),
  (a, b) => a.isOpen === b.isOpen && a.href === b.href && JSON.stringify(a.issue) === JSON.stringify(b.issue),
)

/** Number, day, size; each keeps its own direction. */
function RowFacts({ issue: { number, date, period, sizeBytes } }: { readonly issue: IssueSummary }) {
  const day = date === undefined ? period : formatDay(date)
  const size = sizeBytes === undefined ? undefined : formatSize(sizeBytes)
  const facts = [number === undefined ? undefined : `#${number}`, day, size].filter((fact) => fact !== undefined)
  return (
    <span title={period}>
      {facts.map((fact, index) => (
        <span key={index}>
          {index > 0 ? ' · ' : null}
          <bdi>{fact}</bdi>
        </span>
      ))}
    </span>
  )
}

function Empty({ isSearched, onNew }: { readonly isSearched: boolean; readonly onNew: () => void }) {
  if (isSearched) return <p className="empty">None has these words.</p>
  return (
    <div className="empty">
      <p>No issue yet.</p>
      <Button size="compact-sm" variant="default" onClick={onNew}>
        Start the first one
      </Button>
    </div>
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

// `scrollIntoView` would scroll the whole page as well, where the list stands above the mail.
function reveal(scroller: HTMLElement | null): void {
  const row = scroller?.querySelector('[aria-current]')?.getBoundingClientRect()
  if (!row || !scroller) return
  const { top, bottom } = scroller.getBoundingClientRect()
  if (row.top < top) scroller.scrollTop -= top - row.top
  if (row.bottom > bottom) scroller.scrollTop += row.bottom - bottom
}
