import { INBOX_TABS, ISSUE_TABS, type Route, SCHEMES, WIDTHS } from './route.ts'

/** What stands in the lists that the keys walk through. */
export interface Reach {
  readonly slugs: readonly string[]
  readonly messageIds: readonly string[]
}

/** For the list of shortcuts. */
export const SHORTCUTS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['J', 'K'], does: 'Next and previous in the list; the arrows do it as well' },
  { keys: ['1', '2', '3', '4'], does: 'The views of what is open' },
  { keys: ['W'], does: 'Next width of the mail' },
  { keys: ['D'], does: 'Light or dark mail' },
  { keys: ['I'], does: 'Inbox, and back to the issues' },
  { keys: ['/'], does: 'Search the issues' },
  { keys: ['?'], does: 'This list' },
]

/**
 * Where a key leads.
 *
 * @returns undefined when the key is not ours.
 */
export function routeForKey(event: KeyboardEvent, route: Route, reach: Reach): Route | undefined {
  if (isTaken(event)) return undefined
  const step = STEPS[event.key]
  if (step !== undefined) return move(route, reach, step)
  const { look } = route
  switch (event.key) {
    case 'i':
      return route.view === 'inbox' ? { view: 'issue', tab: 'mail', look } : { view: 'inbox', tab: 'html', look }
    case 'w':
      return { ...route, look: { ...look, width: after(WIDTHS, look.width) } }
    case 'd':
      return { ...route, look: { ...look, scheme: after(SCHEMES, look.scheme) } }
    default:
      return openTab(event.key, route)
  }
}

/** Whether a key belongs to the browser, to a text field or to whatever scrolls. */
export function isTaken({ key, target, view, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return true
  const element = target as Element | null
  // A mail has neither fields nor dialogs of ours.
  if (view !== window) return key.startsWith('Arrow')
  if (element?.closest('input:not([type=radio]), textarea, [role=dialog]')) return true
  return key.startsWith('Arrow') && element?.closest('input, pre, .cards, .broken, [data-scrolls]') !== null
}

const STEPS: Readonly<Record<string, number | undefined>> = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 }

function openTab(key: string, route: Route): Route | undefined {
  const index = ['1', '2', '3', '4'].indexOf(key)
  if (index < 0) return undefined
  if (route.view === 'inbox') return { ...route, tab: INBOX_TABS[index] ?? route.tab }
  return { ...route, tab: ISSUE_TABS[index] ?? route.tab }
}

function move(route: Route, { slugs, messageIds }: Reach, step: number): Route | undefined {
  if (route.view === 'inbox') {
    const id = neighbour(messageIds, route.id, step)
    return id === undefined ? undefined : { ...route, id }
  }
  const slug = neighbour(slugs, route.slug, step)
  return slug === undefined ? undefined : { ...route, slug }
}

function neighbour(list: readonly string[], current: string | undefined, step: number): string | undefined {
  const at = current === undefined ? -1 : list.indexOf(current)
  return at < 0 ? list[0] : list[at + step]
}

function after<T>(list: readonly T[], current: T): T {
  return list[(list.indexOf(current) + 1) % list.length] ?? current
}
