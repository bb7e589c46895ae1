import { AppShell, Burger, VisuallyHidden } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useEffect } from 'react'
import { InboxView } from './inbox-view.tsx'
import { IssueView } from './issue-view.tsx'
import { isTaken, routeForKey } from './keyboard.ts'
import { ShortcutList } from './shortcut-list.tsx'
import { Sidebar, SEARCH_ID } from './sidebar.tsx'
import { getState, go, type State, useStore } from './store.ts'

const PHONE = 'md'

/** The whole page. */
export function App() {
  const state = useStore()
  const { route, studio } = state
  const [isMenuOpen, menu] = useDisclosure(false)
  const [isHelpOpen, help] = useDisclosure(false)
  useKeys(help.toggle)
  useTitle(state)
  const open = route.view === 'inbox' ? `inbox ${route.id ?? ''}` : `issue ${route.slug ?? ''}`
  // The menu of a phone has done its work once something is chosen.
  useEffect(menu.close, [open, menu.close])
  return (
    <AppShell
      header={{ height: { base: 56, [PHONE]: 0 } }}
      navbar={{ width: 304, breakpoint: PHONE, collapsed: { mobile: !isMenuOpen } }}
      transitionDuration={0}
      withBorder={false}
    >
      <a className="skip" href="#main" onClick={focusMain}>
        Skip to the mail
      </a>
      <AppShell.Header className="top" hiddenFrom={PHONE}>
        <Burger opened={isMenuOpen} onClick={menu.toggle} size="sm" aria-label="Issues and inbox" />
        <strong>{studio?.name ?? 'Letterpress'}</strong>
      </AppShell.Header>
      <AppShell.Navbar className="side" aria-label="Issues and inbox">
        <Sidebar state={state} onHelp={help.open} />
      </AppShell.Navbar>
      <AppShell.Main id="main" className="main" tabIndex={-1}>
        {route.view === 'inbox' ? (
          <InboxView state={state} route={route} onKey={onMailKey} />
        ) : (
          <IssueView state={state} route={route} onKey={onMailKey} />
        )}
      </AppShell.Main>
      <ShortcutList isOpen={isHelpOpen} onClose={help.close} />
      <VisuallyHidden role="status">{state.status.look === 'live' ? '' : state.status.words}</VisuallyHidden>
    </AppShell>
  )
}

function useKeys(toggleHelp: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === '?' && !isTaken(event)) toggleHelp()
      else if (event.key === '/' && !isTaken(event)) {
        event.preventDefault()
        document.getElementById(SEARCH_ID)?.focus()
      } else onMailKey(event)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [toggleHelp])
}

/** Keys mean the same inside a mail. */
function onMailKey(event: KeyboardEvent): void {
  const { route, issues = [], messages = [] } = getState()
  const reach = { slugs: issues.map(({ slug }) => slug), messageIds: messages.map(({ id }) => id) }
  const next = routeForKey(event, route, reach)
  if (!next) return
  event.preventDefault()
  // A frame that is hidden would keep the keyboard to itself.
  if (document.activeElement instanceof HTMLIFrameElement) document.getElementById('main')?.focus()
  go(next, { replace: next.view === route.view && next.look !== route.look })
}

function useTitle({ route, studio, issues }: State): void {
  const name = studio?.name ?? 'Letterpress'
  const title = route.view === 'inbox' ? 'Inbox' : issues?.find(({ slug }) => slug === route.slug)?.title
  useEffect(() => {
    document.title = title === undefined ? name : `${title} – ${name}`
  }, [title, name])
}

function focusMain(event: { preventDefault(): void }): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
