export const ISSUE_TABS = ['mail', 'text', 'message', 'findings'] as const
export const INBOX_TABS = ['html', 'text', 'headers', 'raw'] as const
export const WIDTHS = ['320', '375', '640', 'full'] as const
export const SCHEMES = ['light', 'dark'] as const

export type IssueTab = (typeof ISSUE_TABS)[number]
export type InboxTab = (typeof INBOX_TABS)[number]

/** How a mail is shown. */
export interface Look {
  readonly width: (typeof WIDTHS)[number]
  readonly scheme: (typeof SCHEMES)[number]
}

/** What the address says is open: `#/issues/<slug>/mail?width=375&scheme=dark`, `#/inbox/<id>/html`. */
export type Route =
  | { readonly view: 'issue'; readonly slug?: string; readonly tab: IssueTab; readonly look: Look }
  | { readonly view: 'inbox'; readonly id?: string; readonly tab: InboxTab; readonly look: Look }

const USUAL: Look = { width: 'full', scheme: 'light' }

/** Anything that is no address of the page opens the first issue. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const [view, name, tab] = path.split('/').map(decode)
  const parameters = new URLSearchParams(query)
  const look: Look = {
    width: pick(WIDTHS, parameters.get('width')) ?? USUAL.width,
    scheme: pick(SCHEMES, parameters.get('scheme')) ?? USUAL.scheme,
  }
  if (view === 'inbox') return { view, ...(name ? { id: name } : {}), tab: pick(INBOX_TABS, tab) ?? 'html', look }
  const slug = view === 'issues' && name ? { slug: name } : {}
  return { view: 'issue', ...slug, tab: pick(ISSUE_TABS, tab) ?? 'mail', look }
}

export function formatRoute(route: Route): string {
  const query = new URLSearchParams()
  if (route.look.width !== USUAL.width) query.set('width', route.look.width)
  if (route.look.scheme !== USUAL.scheme) query.set('scheme', route.look.scheme)
  const name = route.view === 'inbox' ? route.id : route.slug
  const path = `#/${route.view === 'inbox' ? 'inbox' : 'issues'}${name ? `/${encodeURIComponent(name)}/${route.tab}` : ''}`
  return query.size > 0 ? `${path}?${query}` : path
}

function pick<T extends string>(list: readonly T[], text: string | null | undefined): T | undefined {
  return list.find((item) => item === text)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
