import { READER_PICKER_ID, SEARCH_ID } from './ids.ts'
import { deleteMessage } from './inbox/delete-messages.ts'
import { DEVICES, INBOX_TABS, type Look, type Route, type Scheme, SCHEMES } from './route.ts'
import { getState, go, listFound } from './store.ts'
import { ISSUE_VIEWS, PAGES } from './views/index.ts'

/** Something that can be done: by its keys, or from the palette. The list under `?` shows those that have keys. */
export interface Command {
  readonly group: 'Go to' | 'Views' | 'Mail' | 'Actions'
  readonly does: string
  /** Values of `event.key`; any of them. */
  readonly keys?: readonly string[]
  /** With Ctrl, or Cmd on a Mac; works in text fields as well. */
  readonly isWithControl?: boolean
  /** Makes no sense in the palette. */
  readonly isKeyOnly?: boolean
  /** Whether it does something where the author is; missing: everywhere. */
  readonly when?: (route: Route) => boolean
  /** @param key - the one that was pressed; empty from the palette. */
  readonly run: (key: string) => void
}

/** What only the page can do. */
export interface PageActions {
  readonly openPalette: () => void
  readonly toggleHelp: () => void
  readonly startIssue: () => void
  readonly openEditor: () => void
  readonly copyLink: () => void
  readonly setTheme: (theme: Theme) => void
}

export type Theme = 'auto' | 'light' | 'dark'

export function listCommands(page: PageActions): readonly Command[] {
  return [...listPlaces(page), ...listViews(), ...listLooks(), ...listActions(page)]
}

/** @returns what a key does, unless it belongs to the browser, a text field or whatever scrolls. */
export function findCommand(event: KeyboardEvent, commands: readonly Command[]): Command | undefined {
  const isWithControl = event.ctrlKey || event.metaKey
  if (event.altKey || (!isWithControl && isTaken(event))) return undefined
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const { route } = getState()
  return commands.find(
    ({ keys, when, ...command }) =>
      keys?.includes(key) && (command.isWithControl ?? false) === isWithControl && (when?.(route) ?? true),
  )
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

const isIssue = ({ page }: Route) => page === 'issue'
const isMessage = (route: Route) => route.page === 'inbox' && route.id !== undefined
const isMail = ({ page }: Route) => page === 'issue' || page === 'inbox'

function listPlaces({ openPalette }: PageActions): Command[] {
  const group = 'Go to' as const
  const isList = isMail
  return [
    { group, keys: ['k'], isWithControl: true, isKeyOnly: true, does: 'Go to anything, do anything', run: openPalette },
    { group, keys: ['/'], does: 'Search the issues', run: () => document.getElementById(SEARCH_ID)?.focus() },
    { group, keys: ['j', 'ArrowDown'], isKeyOnly: true, when: isList, does: 'Next in the list', run: () => step(1) },
    { group, keys: ['k', 'ArrowUp'], isKeyOnly: true, when: isList, does: 'Previous in the list', run: () => step(-1) },
    ...Object.values(PAGES).map(({ id, label, key }) => ({
      group,
      keys: [key],
      does: `${label}, and back to the issues`,
      run: () => togglePage(id),
    })),
  ]
}

function listViews(): Command[] {
  const group = 'Views' as const
  const views = ISSUE_VIEWS.map(({ id, label, key }) => ({
    group,
    keys: [key],
    when: ({ page }: Route) => page !== 'inbox',
    does: label,
    run: () => openView(id),
  }))
  const tabs = {
    group,
    keys: INBOX_TABS.map((_, index) => String(index + 1)),
    isKeyOnly: true,
    when: ({ page }: Route) => page === 'inbox',
    does: 'The same of a message in the inbox',
    run: (key: string) => openTab(Number(key) - 1),
  }
  return [...views, tabs]
}

const SCHEME_NAMES: Readonly<Record<string, string>> = {
  light: 'Light mail',
  dark: 'Dark mail, by its own rules',
  gmail: 'Dark as Gmail on Android forces it',
  'gmail-ios': 'Dark as Gmail on iOS forces it',
  outlook: 'Dark as Outlook forces it',
}

function listLooks(): Command[] {
  const group = 'Mail' as const
  const when = isMail
  const isLight = (scheme: Scheme) => scheme === 'light'
  return [
    { group, when, keys: ['w'], does: 'Next width', run: () => look((now) => ({ device: nextDevice(now) })) },
    {
      group,
      when,
      keys: ['d'],
      does: 'Light or dark',
      run: () => look(({ scheme }) => ({ scheme: isLight(scheme) ? 'dark' : 'light' })),
    },
    {
      group,
      when,
      keys: ['m'],
      does: 'Images on or off',
      run: () => look(({ images }) => ({ images: images === 'on' ? 'off' : 'on' })),
    },
    {
      group,
      when: isIssue,
      keys: ['r'],
      does: 'Choose the reader',
      run: () => document.getElementById(READER_PICKER_ID)?.click(),
    },
    ...DEVICES.map((device) => ({
      group,
      when,
      does: device === 'full' ? 'Width: all there is' : `Width: ${device} pixels`,
      run: () => look(() => ({ device })),
    })),
    ...SCHEMES.map((scheme) => ({
      group,
      when,
      does: SCHEME_NAMES[scheme] ?? scheme,
      run: () => look(() => ({ scheme })),
    })),
  ]
}

function listActions({ startIssue, openEditor, copyLink, setTheme, toggleHelp }: PageActions): Command[] {
  const group = 'Actions' as const
  return [
    { group, keys: ['n'], does: 'New issue', run: startIssue },
    { group, when: isIssue, does: 'Send a test', run: () => openView('test') },
    { group, when: isIssue, keys: ['e'], does: 'Open the file in the editor', run: openEditor },
    { group, when: isMessage, keys: ['Delete'], does: 'Delete the message', run: deleteOpen },
    { group, keys: ['l'], does: 'Copy a link to what is open', run: copyLink },
    { group, does: 'Studio in light', run: () => setTheme('light') },
    { group, does: 'Studio in dark', run: () => setTheme('dark') },
    { group, does: 'Studio as the system has it', run: () => setTheme('auto') },
    { group, keys: ['?'], does: 'This list of keys', run: toggleHelp },
  ]
}

function deleteOpen(): void {
  const { route } = getState()
  if (route.page === 'inbox' && route.id !== undefined) void deleteMessage(route.id)
}

function openView(view: string): void {
  const { route } = getState()
  if (route.page === 'issue') go({ ...route, view, at: undefined })
  else go({ page: 'issue', view, look: route.look })
}

function openTab(index: number): void {
  const { route } = getState()
  const tab = INBOX_TABS[index]
  if (route.page === 'inbox' && tab) go({ ...route, tab })
}

function togglePage(id: string): void {
  const { route, issue } = getState()
  const { look: shown } = route
  if (route.page === id) go({ page: 'issue', slug: issue?.slug, view: ISSUE_VIEWS[0].id, look: shown })
  else if (id === 'inbox') go({ page: 'inbox', tab: 'html', look: shown })
  else if (id === 'runs' || id === 'blocks') go({ page: id, look: shown })
}

function look(change: (now: Look) => Partial<Look>): void {
  const { route } = getState()
  go({ ...route, look: { ...route.look, ...change(route.look) } }, { replace: true })
}

function nextDevice({ device }: Look): string {
  return DEVICES[(DEVICES.findIndex((one) => one === device) + 1) % DEVICES.length] ?? 'full'
}

function step(by: number): void {
  const { route, messages = [] } = getState()
  if (route.page === 'issue') {
    const slugs = listFound().map(({ slug }) => slug)
    const slug = neighbour(slugs, route.slug, by)
    if (slug !== undefined) go({ ...route, slug, at: undefined })
  } else if (route.page === 'inbox') {
    const ids = messages.map((message) => message.id)
    const id = neighbour(ids, route.id, by)
    if (id !== undefined) go({ ...route, id })
  }
}

function neighbour(list: readonly string[], current: string | undefined, by: number): string | undefined {
  const at = current === undefined ? -1 : list.indexOf(current)
  return at < 0 ? list[0] : list[at + by]
}
