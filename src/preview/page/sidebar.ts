import type { InboxSummary, IssueSummary } from '../services.ts'
import { fill, h } from './element.ts'
import { count, formatSize } from './format.ts'
import { formatRoute, type Route } from './route.ts'

/** What the column on the left shows. */
export interface SidebarState {
  readonly issues: readonly IssueSummary[] | undefined
  readonly messages: readonly InboxSummary[]
  readonly route: Route
}

export function renderSidebar(element: Element, { issues, messages, route }: SidebarState): void {
  const open = route.view === 'issue' ? route.slug : undefined
  const hadScroll = element.querySelector('.issues')?.scrollTop ?? 0
  const rows = (issues ?? []).map((issue) => h('li', {}, issueLink(issue, issue.slug === open, route)))
  const list =
    issues?.length === 0
      ? h('p', { class: 'empty' }, 'No issue yet. ', h('code', {}, 'letterpress new'), ' makes one.')
      : h('ul', {}, rows)
  fill(
    element,
    h('div', { class: 'issues' }, h('h2', { class: 'label' }, 'Issues'), list),
    inboxLink(messages.length, route),
  )
  const scroller = element.querySelector<HTMLElement>('.issues')
  if (!scroller) return
  scroller.scrollTop = hadScroll
  if (openInList.get(element) !== open) reveal(scroller)
  openInList.set(element, open)
}

const openInList = new WeakMap<Element, string | undefined>()

// `scrollIntoView` would scroll the whole page as well, where the list stands above the mail.
function reveal(scroller: HTMLElement): void {
  const row = scroller.querySelector('[aria-current]')?.getBoundingClientRect()
  if (!row) return
  const { top, bottom } = scroller.getBoundingClientRect()
  if (row.top < top) scroller.scrollTop -= top - row.top
  if (row.bottom > bottom) scroller.scrollTop += row.bottom - bottom
}

function issueLink(issue: IssueSummary, isOpen: boolean, route: Route): HTMLElement {
  const { look } = route
  const tab = route.view === 'issue' ? route.tab : 'mail'
  return h(
    'a',
    {
      class: 'row',
      href: formatRoute({ view: 'issue', slug: issue.slug, tab, look }),
      'aria-current': isOpen ? 'page' : undefined,
      'data-key': `issue-${issue.slug}`,
    },
    h('span', { class: 'row-title', dir: 'auto' }, issue.title),
    h(
      'span',
      { class: 'row-facts' },
      issue.draft ? h('span', { class: 'chip draft' }, 'Draft') : undefined,
      renderFacts(issue.period, issue.sizeBytes),
      countChips(issue.errors ?? 0, issue.warnings ?? 0),
    ),
  )
}

/** Period and size; each keeps its own direction. */
export function renderFacts(period: string | undefined, sizeBytes: number | undefined): HTMLElement {
  const size = sizeBytes === undefined ? undefined : formatSize(sizeBytes)
  return h(
    'span',
    {},
    period === undefined ? undefined : h('bdi', {}, period),
    period && size ? ' · ' : undefined,
    size,
  )
}

function inboxLink(total: number, route: Route): HTMLElement {
  const attributes = {
    class: 'row inbox-row',
    href: formatRoute({ view: 'inbox', tab: 'html', look: route.look }),
    'aria-current': route.view === 'inbox' ? 'page' : undefined,
    'data-key': 'inbox',
  }
  const chip =
    total > 0
      ? h('span', { class: 'chip' }, total, h('span', { class: 'quiet' }, ` ${total === 1 ? 'message' : 'messages'}`))
      : undefined
  return h('a', attributes, h('span', { class: 'row-title' }, 'Inbox'), chip)
}

/** `2` in red, `1` in amber; nothing for zero. Words for those who do not see the colours. */
export function countChips(errors: number, warnings: number): HTMLElement | undefined {
  if (errors + warnings === 0) return undefined
  return h(
    'span',
    { class: 'counts' },
    errors > 0 ? countChip(errors, 'error') : undefined,
    warnings > 0 ? countChip(warnings, 'warning') : undefined,
  )
}

function countChip(number: number, severity: 'error' | 'warning'): HTMLElement {
  return h(
    'span',
    { class: `chip ${severity}`, title: count(number, severity) },
    h('span', { 'aria-hidden': 'true' }, severity === 'error' ? '× ' : '! '),
    number,
    h('span', { class: 'quiet' }, ` ${severity}${number === 1 ? '' : 's'}`),
  )
}
