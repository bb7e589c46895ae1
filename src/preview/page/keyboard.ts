import { INBOX_TABS, ISSUE_TABS, type Route } from './route.ts'

/** What stands in the list that the keys walk through. */
export interface Reach {
  readonly slugs: readonly string[]
  readonly messageIds: readonly string[]
}

/**
 * Where a key leads: `j` `k` and the arrows through the list, `1` to `4` to the views.
 *
 * @returns undefined when the key is not ours.
 */
export function routeForKey(event: KeyboardEvent, route: Route, reach: Reach): Route | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return undefined
  const step = STEPS[event.key]
  if (step !== undefined) return move(route, reach, step)
  const index = ['1', '2', '3', '4'].indexOf(event.key)
  if (index < 0) return undefined
  if (route.view === 'inbox') return { ...route, tab: INBOX_TABS[index] ?? route.tab }
  return { ...route, tab: ISSUE_TABS[index] ?? route.tab }
}

const STEPS: Readonly<Record<string, number | undefined>> = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 }

// Arrows belong to radio buttons and to whatever scrolls; letters belong to text fields.
function isTaken({ key, target, view }: KeyboardEvent): boolean {
  if (!key.startsWith('Arrow')) return false
  const element = target as Element | null
  return view !== window || element?.closest('input, pre, .cards, .broken, [data-scrolls]') !== null
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
