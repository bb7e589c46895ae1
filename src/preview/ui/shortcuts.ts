import { DEVICES, INBOX_TABS, type Look, type Route } from './route.ts'
import { getState, go } from './store.ts'
import { ISSUE_VIEWS, PAGES } from './views/index.ts'

export const SEARCH_ID = 'search'
export const READER_PICKER_ID = 'reader-picker'

/** What a key does; the list under `?` and the keyboard share these. */
export interface Shortcut {
  /** Values of `event.key`; any of them. */
  readonly keys: readonly string[]
  /** With Ctrl, or Cmd on a Mac; works in text fields as well. */
  readonly isWithControl?: boolean
  readonly group: 'Go' | 'Look' | 'Do'
  readonly does: string
  readonly run: () => void
}

/** What only the page can do. */
export interface PageActions {
  readonly openPalette: () => void
  readonly toggleHelp: () => void
  readonly startIssue: () => void
  readonly openEditor: () => void
}

export function listShortcuts(page: PageActions): readonly Shortcut[] {
  return [
    { keys: ['k'], isWithControl: true, group: 'Go', does: 'Go to anything, do anything', run: page.openPalette },
    { keys: ['/'], group: 'Go', does: 'Search the issues', run: () => document.getElementById(SEARCH_ID)?.focus() },
    { keys: ['j', 'ArrowDown'], group: 'Go', does: 'Next in the list', run: () => step(1) },
    { keys: ['k', 'ArrowUp'], group: 'Go', does: 'Previous in the list', run: () => step(-1) },
    ...Object.values(PAGES).map(({ id, label, key }) => ({
      keys: [key],
      group: 'Go' as const,
      does: id === 'inbox' ? `${label}, and back to the issues` : label,
      run: () => togglePage(id),
    })),
    ...ISSUE_VIEWS.map(({ id, label, key }, index) => ({
      keys: [key],
      group: 'Look' as const,
      does: label,
      run: () => openView(id, index),
    })),
    { keys: ['w'], group: 'Look', does: 'Next width of the mail', run: () => look((now) => ({ device: next(now) })) },
    {
      keys: ['d'],
      group: 'Look',
      does: 'Light or dark mail',
      run: () => look(({ scheme }) => ({ scheme: scheme === 'light' ? 'dark' : 'light' })),
    },
    {
      keys: ['m'],
      group: 'Look',
      does: 'Images on or off',
      run: () => look(({ images }) => ({ images: images === 'on' ? 'off' : 'on' })),
    },
    {
      keys: ['r'],
      group: 'Look',
      does: 'Choose the reader',
      run: () => document.getElementById(READER_PICKER_ID)?.click(),
    },
    { keys: ['n'], group: 'Do', does: 'New issue', run: page.startIssue },
    { keys: ['e'], group: 'Do', does: 'Open the file in the editor', run: page.openEditor },
    { keys: ['?'], group: 'Do', does: 'This list', run: page.toggleHelp },
  ]
}

/** @returns the shortcut of a key, unless the key belongs to the browser, a text field or whatever scrolls. */
export function findShortcut(event: KeyboardEvent, shortcuts: readonly Shortcut[]): Shortcut | undefined {
  const isWithControl = event.ctrlKey || event.metaKey
  const found = shortcuts.find(
    (shortcut) => shortcut.keys.includes(event.key) && (shortcut.isWithControl ?? false) === isWithControl,
  )
  if (!found || event.altKey) return undefined
  return isWithControl || !isTaken(event) ? found : undefined
}

function isTaken({ key, target, view }: KeyboardEvent): boolean {
  const element = target as Element | null
  // A mail has neither fields nor dialogs of ours.
  if (view !== window) return key.startsWith('Arrow')
  if (element?.closest('input:not([type=radio], [type=checkbox]), textarea, select, [role=dialog]')) return true
  return key.startsWith('Arrow') && element?.closest(ARROWS) !== null
}

/** What the arrows move by themselves. */
const ARROWS = 'input, pre, .cards, .broken, .content, [data-scrolls], [role=tree], [role=listbox], [role=menu]'

function openView(id: string, index: number): void {
  const { route } = getState()
  const tab = INBOX_TABS[index]
  if (route.page === 'issue') go({ ...route, view: id, at: undefined })
  else if (route.page === 'inbox' && tab && index < INBOX_TABS.length) go({ ...route, tab })
}

function togglePage(id: string): void {
  const { route } = getState()
  const { look: shown } = route
  if (route.page === id) go({ page: 'issue', view: ISSUE_VIEWS[0].id, look: shown })
  else if (id === 'inbox') go({ page: 'inbox', tab: 'html', look: shown })
  else if (id === 'runs' || id === 'blocks') go({ page: id, look: shown })
}

function look(change: (now: Look) => Partial<Look>): void {
  const { route } = getState()
  const changed: Route = { ...route, look: { ...route.look, ...change(route.look) } }
  go(changed, { replace: true })
}

function next({ device }: Look): string {
  return DEVICES[(DEVICES.findIndex((one) => one === device) + 1) % DEVICES.length] ?? 'full'
}

function step(by: number): void {
  const { route, issues = [], messages = [] } = getState()
  if (route.page === 'issue') {
    const slug = neighbour(
      issues.map((issue) => issue.slug),
      route.slug,
      by,
    )
    if (slug !== undefined) go({ ...route, slug, at: undefined })
  } else if (route.page === 'inbox') {
    const id = neighbour(
      messages.map((message) => message.id),
      route.id,
      by,
    )
    if (id !== undefined) go({ ...route, id })
  }
}

function neighbour(list: readonly string[], current: string | undefined, by: number): string | undefined {
  const at = current === undefined ? -1 : list.indexOf(current)
  return at < 0 ? list[0] : list[at + by]
}
