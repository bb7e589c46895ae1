import { ActionIcon, Badge, Kbd, TextInput, UnstyledButton, VisuallyHidden } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import type { Theme } from '../commands.ts'
import { SEARCH_ID } from '../ids.ts'
import { FIRST_VIEW, formatRoute, type Route } from '../route.ts'
import { controlName } from '../shortcut-list.tsx'
import { go, listFound, search, type State } from '../store.ts'
import { PAGES } from '../views/index.ts'
import { IssueList } from './issue-list.tsx'

interface SidebarProps {
  readonly state: State
  readonly theme: Theme
  readonly onTheme: (theme: Theme) => void
  readonly onHelp: () => void
  readonly onPalette: () => void
  readonly onNew: () => void
}

/** The column on the left: the newsletter, its issues, the other pages, how things are. */
export function Sidebar({ state, onNew, ...rest }: SidebarProps) {
  const { studio, issues } = state
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
      <div className="finder">
        <Search state={state} />
        <ActionIcon variant="default" size={30} aria-label="New issue" title="New issue (N)" onClick={onNew}>
          <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
            <path d="M8 2v12M2 8h12" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" />
          </svg>
        </ActionIcon>
      </div>
      <IssueList state={state} found={issues && listFound(state)} onNew={onNew} />
      <Pages state={state} />
      <Foot state={state} {...rest} />
    </>
  )
}

function Search({ state: { query, route } }: { readonly state: State }) {
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const [first] = listFound()
    if (event.key === 'Escape') {
      search('')
      event.currentTarget.blur()
    } else if (event.key === 'Enter' && first) {
      go({ page: 'issue', slug: first.slug, view: route.page === 'issue' ? route.view : FIRST_VIEW, look: route.look })
    } else if (event.key === 'ArrowDown') {
      event.preventDefault()
      document.querySelector<HTMLElement>('.issues .row')?.focus()
    }
  }
  return (
    <TextInput
      id={SEARCH_ID}
      type="search"
      size="xs"
      aria-label="Search the issues"
      placeholder="Search the issues"
      rightSection={query === '' ? <Kbd size="xs">/</Kbd> : undefined}
      value={query}
      onChange={(event) => search(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  )
}

function Pages({ state: { route, messageTotal, runs } }: { readonly state: State }) {
  const sending = runs?.runs.filter(({ state }) => state === 'sending').length ?? 0
  const places: readonly { readonly route: Route; readonly note?: string; readonly words?: string }[] = [
    {
      route: { page: 'inbox', tab: 'html', look: route.look },
      ...(messageTotal ? { note: String(messageTotal), words: messageTotal === 1 ? 'message' : 'messages' } : {}),
    },
    { route: { page: 'runs', look: route.look }, ...(sending > 0 ? { note: 'Sending' } : {}) },
    { route: { page: 'blocks', look: route.look } },
  ]
  return (
    <ul className="pages">
      {places.map(({ route: to, note, words }) => (
        <li key={to.page}>
          <a className="row" href={formatRoute(to)} aria-current={route.page === to.page ? 'page' : undefined}>
            <span className="row-title">{to.page === 'issue' ? null : PAGES[to.page].label}</span>
            {note === undefined ? null : (
              <Badge className="chip" size="sm" variant="light" color="gray">
                {note}
                {words ? <VisuallyHidden component="span"> {words}</VisuallyHidden> : null}
              </Badge>
            )}
          </a>
        </li>
      ))}
    </ul>
  )
}

const THEMES: readonly Theme[] = ['auto', 'light', 'dark']
const THEME_NAMES = { auto: 'Auto', light: 'Light', dark: 'Dark' } as const

function Foot({ state: { status, studio }, theme, onTheme, onHelp, onPalette }: Omit<SidebarProps, 'onNew'>) {
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'auto'
  return (
    <div className="foot">
      <p id="status" data-look={status.look}>
        {status.words}
      </p>
      {studio?.inboxAddress ? (
        <p>
          Inbox at <code>{studio.inboxAddress}</code>
        </p>
      ) : null}
      <div className="foot-buttons">
        <UnstyledButton className="help" onClick={onPalette}>
          <Kbd size="xs">{controlName()}</Kbd> <Kbd size="xs">K</Kbd> Go to
        </UnstyledButton>
        <UnstyledButton className="help" onClick={onHelp}>
          <Kbd size="xs">?</Kbd> Keys
        </UnstyledButton>
        <UnstyledButton className="help" onClick={() => onTheme(next)} aria-label={`Theme: ${THEME_NAMES[theme]}`}>
          <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
            <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
            <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />
          </svg>{' '}
          {THEME_NAMES[theme]}
        </UnstyledButton>
      </div>
    </div>
  )
}
