import { AppShell, Burger, VisuallyHidden } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useEffect, useMemo } from 'react'
import { IssuePage } from './issue-page.tsx'
import { LoadedView } from './loaded-view.tsx'
import { nameOf } from './route.ts'
import { ShortcutList } from './shortcut-list.tsx'
import { findShortcut, listShortcuts, type PageActions, type Shortcut } from './shortcuts.ts'
import { Sidebar } from './sidebar.tsx'
import { type State, useStore } from './store.ts'
import { PAGES } from './views/index.ts'

const PHONE = 'md'

/** The whole page. */
export function App() {
  const state = useStore()
  const { route, studio } = state
  const [isMenuOpen, menu] = useDisclosure(false)
  const [isHelpOpen, help] = useDisclosure(false)
  const shortcuts = useMemo(() => listShortcuts(toActions(help.toggle)), [help.toggle])
  const onKey = useKeys(shortcuts)
  useTitle(state)
  const open = nameOf(route)
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
        <OpenPage state={state} onKey={onKey} />
      </AppShell.Main>
      <ShortcutList shortcuts={shortcuts} isOpen={isHelpOpen} onClose={help.close} />
      <VisuallyHidden role="status">{state.status.look === 'live' ? '' : state.status.words}</VisuallyHidden>
    </AppShell>
  )
}

interface OpenPageProps {
  readonly state: State
  readonly onKey: (event: KeyboardEvent) => void
}

function OpenPage({ state, onKey }: OpenPageProps) {
  const { route } = state
  switch (route.page) {
    case 'issue':
      return <IssuePage state={state} route={route} onKey={onKey} />
    case 'inbox':
      return <LoadedView load={PAGES.inbox.load} props={{ state, route, onKey }} />
    case 'runs':
      return <LoadedView load={PAGES.runs.load} props={{ state, route, onKey }} />
    case 'blocks':
      return <LoadedView load={PAGES.blocks.load} props={{ state, route, onKey }} />
  }
}

function toActions(toggleHelp: () => void): PageActions {
  return { toggleHelp, openPalette: () => undefined, startIssue: () => undefined, openEditor: () => undefined }
}

/** @returns what frames tell of their keys, which mean the same inside a mail. */
function useKeys(shortcuts: readonly Shortcut[]): (event: KeyboardEvent) => void {
  const onKey = useMemo(
    () => (event: KeyboardEvent) => {
      const shortcut = findShortcut(event, shortcuts)
      if (!shortcut) return
      event.preventDefault()
      // A frame that is hidden would keep the keyboard to itself.
      if (document.activeElement instanceof HTMLIFrameElement) document.getElementById('main')?.focus()
      shortcut.run()
    },
    [shortcuts],
  )
  useEffect(() => {
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [onKey])
  return onKey
}

function useTitle({ route, studio, issues }: State): void {
  const name = studio?.name ?? 'Letterpress'
  const title =
    route.page === 'issue' ? issues?.find(({ slug }) => slug === route.slug)?.title : PAGES[route.page].label
  useEffect(() => {
    document.title = title === undefined ? name : `${title} – ${name}`
  }, [title, name])
}

function focusMain(event: { preventDefault(): void }): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
