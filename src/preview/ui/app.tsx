import { AppShell, Burger, Button, useMantineColorScheme, VisuallyHidden } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { useEffect, useMemo } from 'react'
import { type Command, findCommand, listCommands } from './commands.ts'
import { openInEditor } from './editor.ts'
import { IssuePage } from './issue-page.tsx'
import { LoadedView } from './loaded-view.tsx'
import { NewIssue } from './new-issue.tsx'
import { openPalette, Palette } from './palette.tsx'
import { nameOf } from './route.ts'
import { ShortcutList } from './shortcut-list.tsx'
import { Sidebar } from './side/sidebar.tsx'
import { getState, type State, useStore } from './store.ts'
import { toast, ToastCorner } from './toast.tsx'
import { PAGES } from './views/index.ts'

const PHONE = 'md'
/** As AppShell has it for `md`. */
const PHONE_QUERY = '(max-width: 61.99em)'

/** The whole page. */
export function App() {
  const state = useStore()
  const [isMenuOpen, menu] = useDisclosure(false)
  const [isHelpOpen, help] = useDisclosure(false)
  const [isNewOpen, newIssue] = useDisclosure(false)
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const { toggle: toggleHelp } = help
  const { open: startIssue } = newIssue
  const commands = useMemo(
    () => listCommands({ openPalette, toggleHelp, startIssue, openEditor, copyLink, setTheme: setColorScheme }),
    [toggleHelp, startIssue, setColorScheme],
  )
  const onKey = useKeys(commands)
  const isPhone = useMediaQuery(PHONE_QUERY) ?? false
  useTitle(state)
  const open = nameOf(state.route)
  // The menu of a phone has done its work once something is chosen.
  useEffect(menu.close, [open, menu.close])
  return (
    <AppShell
      header={{ height: { base: 52, [PHONE]: 0 } }}
      navbar={{ width: 304, breakpoint: PHONE, collapsed: { mobile: !isMenuOpen } }}
      transitionDuration={0}
      withBorder={false}
    >
      <a className="skip" href="#main" onClick={focusMain}>
        Skip to the mail
      </a>
      <TopBar name={state.studio?.name} isMenuOpen={isMenuOpen} onMenu={menu.toggle} />
      <AppShell.Navbar className="side" aria-label="Issues and inbox" inert={isPhone && !isMenuOpen}>
        <Sidebar
          state={state}
          theme={colorScheme}
          onTheme={setColorScheme}
          onHelp={help.open}
          onPalette={openPalette}
          onNew={startIssue}
        />
      </AppShell.Navbar>
      <AppShell.Main id="main" className="main" tabIndex={-1}>
        {state.status.look === 'lost' ? <p className="banner">{state.status.words}</p> : null}
        <OpenPage state={state} onKey={onKey} onNew={startIssue} />
      </AppShell.Main>
      <Palette state={state} commands={commands} />
      <ShortcutList commands={commands} isOpen={isHelpOpen} onClose={help.close} />
      <NewIssue isOpen={isNewOpen} onClose={newIssue.close} />
      <ToastCorner />
      <VisuallyHidden role="status">{state.status.look === 'live' ? '' : state.status.words}</VisuallyHidden>
    </AppShell>
  )
}

interface TopBarProps {
  readonly name: string | undefined
  readonly isMenuOpen: boolean
  readonly onMenu: () => void
}

/** On a phone, where the column on the left is away. */
function TopBar({ name, isMenuOpen, onMenu }: TopBarProps) {
  return (
    <AppShell.Header className="top" hiddenFrom={PHONE}>
      <Burger opened={isMenuOpen} onClick={onMenu} size="sm" aria-label="Issues and inbox" />
      <strong>{name ?? 'Letterpress'}</strong>
      <Button size="compact-sm" variant="default" onClick={openPalette}>
        Go to
      </Button>
    </AppShell.Header>
  )
}

interface OpenPageProps {
  readonly state: State
  readonly onNew: () => void
  readonly onKey: (event: KeyboardEvent) => void
}

function OpenPage({ state, onKey, onNew }: OpenPageProps) {
  const { route } = state
  switch (route.page) {
    case 'issue':
      return <IssuePage state={state} route={route} onKey={onKey} onNew={onNew} />
    case 'inbox':
      return <LoadedView load={PAGES.inbox.load} props={{ state, route, onKey }} />
    case 'runs':
      return <LoadedView load={PAGES.runs.load} props={{ state, route, onKey }} />
    case 'blocks':
      return <LoadedView load={PAGES.blocks.load} props={{ state, route, onKey }} />
  }
}

function openEditor(): void {
  const { issue, route } = getState()
  if (issue && route.page === 'issue' && issue.slug === route.slug) void openInEditor({ file: issue.body.file })
}

function copyLink(): void {
  navigator.clipboard
    .writeText(location.href)
    .then(() => toast({ words: 'The link is copied.', look: 'done' }))
    .catch(() => toast({ words: 'The browser does not let the page copy. Copy the address above.', look: 'trouble' }))
}

/** @returns what frames tell of their keys, which mean the same inside a mail. */
function useKeys(commands: readonly Command[]): (event: KeyboardEvent) => void {
  const onKey = useMemo(
    () => (event: KeyboardEvent) => {
      const command = findCommand(event, commands)
      if (!command) return
      event.preventDefault()
      // A frame that is hidden would keep the keyboard to itself.
      if (document.activeElement instanceof HTMLIFrameElement) document.getElementById('main')?.focus()
      command.run(event.key)
    },
    [commands],
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
