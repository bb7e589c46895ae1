/** Widths of the mail, CSS pixels; `full`: all the room there is. An address may name any other width. */
export const DEVICES = ['320', '375', '414', '768', '1024', 'full'] as const
/** `dark`: what the mail says for `prefers-color-scheme`; the others as their apps force it, see frames/forced-colours.ts. */
export const SCHEMES = ['light', 'dark', 'gmail', 'gmail-ios', 'outlook'] as const
export const INBOX_TABS = ['html', 'text', 'headers', 'raw'] as const

export type Scheme = (typeof SCHEMES)[number]
export type InboxTab = (typeof INBOX_TABS)[number]

/** How a mail is shown; it goes with the author from issue to issue. */
export interface Look {
  /** One of DEVICES, or a width in CSS pixels. */
  readonly device: string
  readonly scheme: Scheme
  readonly images: 'on' | 'off'
  /** Id of a reader of /api/readers; missing: the first fixture reader. */
  readonly reader?: string | undefined
}

/** An issue in one of the views of views/index.ts. */
export interface IssueRoute {
  readonly page: 'issue'
  /** Missing: the newest. */
  readonly slug?: string | undefined
  /** Id of a view; one that is unknown shows the first. */
  readonly view: string
  /** Place in the mail or in the file, in the words of the view that reads it. */
  readonly at?: string | undefined
  /** Schemes that the grid shows beside each other; missing: light and dark. */
  readonly schemes?: readonly Scheme[] | undefined
  readonly look: Look
}

export interface InboxRoute {
  readonly page: 'inbox'
  /** Missing: the list. */
  readonly id?: string | undefined
  readonly tab: InboxTab
  readonly look: Look
}

export interface RunsRoute {
  readonly page: 'runs'
  /** Id of an issue; missing: the list. */
  readonly id?: string | undefined
  readonly look: Look
}

export interface BlocksRoute {
  readonly page: 'blocks'
  /** Name of a block. */
  readonly id?: string | undefined
  readonly look: Look
}

/**
 * What the address says is open: `#/issues/<slug>/<view>?reader=&device=&scheme=&images=off&at=` (and `&schemes=` in the grid), `#/inbox/<id>/<tab>`,
 * `#/runs/<issue id>`, `#/blocks/<name>`, `#/plan` (of the newest issue).
 */
export type Route = IssueRoute | InboxRoute | RunsRoute | BlocksRoute

export const FIRST_VIEW = 'mail'
export const USUAL: Look = { device: 'full', scheme: 'light', images: 'on' }

/** Anything that is no address of the page opens the newest issue. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const [place, name, part] = path.split('/').map(decode)
  const parameters = new URLSearchParams(query)
  const look = parseLook(parameters)
  const id = name || undefined
  switch (place) {
    case 'inbox':
      return { page: 'inbox', id, tab: pick(INBOX_TABS, part) ?? 'html', look }
    case 'runs':
      return { page: 'runs', id, look }
    case 'blocks':
      return { page: 'blocks', id, look }
    case 'plan':
      return { page: 'issue', view: 'plan', look }
    case 'issues':
      return {
        page: 'issue',
        slug: id,
        view: part || FIRST_VIEW,
        at: parameters.get('at') ?? undefined,
        ...parseSchemes(parameters.get('schemes')),
        look,
      }
    default:
      return { page: 'issue', view: FIRST_VIEW, look }
  }
}

export function formatRoute(route: Route): string {
  const query = formatLook(route.look)
  if (route.page === 'issue' && route.at !== undefined) query.set('at', route.at)
  if (route.page === 'issue' && route.view === 'grid' && route.schemes) query.set('schemes', route.schemes.join(','))
  const path = `#/${formatPath(route)}`
  return query.size > 0 ? `${path}?${query}` : path
}

/** What is open, without how it is shown. */
export function nameOf(route: Route): string {
  return route.page === 'issue' ? `issue ${route.slug ?? ''}` : `${route.page} ${route.id ?? ''}`
}

function formatPath(route: Route): string {
  if (route.page === 'issue') return route.slug ? `issues/${encodeURIComponent(route.slug)}/${route.view}` : 'issues'
  if (route.id === undefined) return route.page
  const path = `${route.page}/${encodeURIComponent(route.id)}`
  return route.page === 'inbox' ? `${path}/${route.tab}` : path
}

function parseSchemes(text: string | null): Pick<IssueRoute, 'schemes'> {
  if (text === null) return {}
  const names = text.split(',')
  return { schemes: SCHEMES.filter((scheme) => names.includes(scheme)) }
}

function parseLook(parameters: URLSearchParams): Look {
  const device = parameters.get('device') ?? ''
  const reader = parameters.get('reader')
  return {
    device: /^[1-9]\d{2,3}$/.test(device) ? device : USUAL.device,
    scheme: pick(SCHEMES, parameters.get('scheme')) ?? USUAL.scheme,
    images: parameters.get('images') === 'off' ? 'off' : 'on',
    ...(reader ? { reader } : {}),
  }
}

function formatLook({ device, scheme, images, reader }: Look): URLSearchParams {
  const query = new URLSearchParams()
  if (reader !== undefined) query.set('reader', reader)
  if (device !== USUAL.device) query.set('device', device)
  if (scheme !== USUAL.scheme) query.set('scheme', scheme)
  if (images !== USUAL.images) query.set('images', images)
  return query
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
