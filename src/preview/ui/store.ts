import { useSyncExternalStore } from 'react'
import type {
  ChangeEvent,
  ErrorBody,
  InboxSummary,
  IssueSummary,
  LiveIssue,
  MessageBody,
  OpenIssue,
  RunsEvent,
  StateEvent,
  StudioBody,
} from '../api.ts'
import { createConnection, type Heard } from './connection.ts'
import { fetchJson, toErrorBody } from './fetch-json.ts'
import { formatRoute, nameOf, parseRoute, type Route } from './route.ts'

/** All that the page knows; undefined: not yet. */
export interface State {
  readonly route: Route
  readonly studio?: StudioBody | undefined
  readonly issues?: readonly IssueSummary[] | undefined
  /** Words that the list of issues is searched for. */
  readonly query: string
  /** The newest. */
  readonly messages?: readonly InboxSummary[] | undefined
  /** Of all there are. */
  readonly messageTotal?: number | undefined
  /** The last issue that could be read, with its slug, and as which reader. */
  readonly issue?: ShownIssue | undefined
  /** The last message that was opened. */
  readonly message?: MessageBody | undefined
  /** Why the newsletter, or what is open, cannot be shown. */
  readonly listFailure?: ErrorBody | undefined
  readonly openFailure?: ErrorBody | undefined
  /** How sends stood when one of them last moved; missing: none has since the page was opened. */
  readonly runs?: RunsEvent | undefined
  /** Changes heard of, by kind; what is made of a kind is asked for again when its number rises. */
  readonly changes: Readonly<Partial<Record<ChangeEvent['kind'], number>>>
  readonly status: Status
}

/** An issue that is open, as one reader gets it. */
export type ShownIssue = { readonly slug: string; readonly reader?: string } & LiveIssue

export interface Status {
  readonly look: 'waiting' | 'live' | 'lost' | 'trouble'
  readonly words: string
}

const SILENT =
  'The preview server does not answer: a component may be in an endless loop, or the machine is very busy. This page goes on by itself when it answers again. If it does not, end it in the terminal and start it once more.'

let state: State = {
  route: parseRoute(location.hash),
  query: '',
  changes: {},
  status: { look: 'waiting', words: 'Connecting …' },
}
const subscribers = new Set<() => void>()

const connection = createConnection({
  onReady: () => say('live', 'Watching for changes'),
  onState: receive,
  onChange: ({ kind }) => update({ changes: { ...state.changes, [kind]: (state.changes[kind] ?? 0) + 1 } }),
  onRuns: (runs) => update({ runs }),
  onTrouble: ({ error }) => say('trouble', `${error.message} ${error.hint ?? ''}`),
  onLost: () => say('lost', 'The preview server has stopped. Start it again and this page goes on by itself.'),
  onRefused: ({ error }) => say('lost', `${error.message} ${error.hint ?? ''}`.trim()),
  onSilent: () => say('lost', SILENT),
})
/** Of the stream that is open. */
let heard: Heard = {}

/** Begins to listen; once, when the page starts. */
export function startStore(): void {
  heard = heardOn(state.route)
  connection.open(heard)
  addEventListener('hashchange', () => follow(parseRoute(location.hash)))
  void loadMessage()
}

export function useStore(): State {
  return useSyncExternalStore(subscribe, getState)
}

export function getState(): State {
  return state
}

/** Opens an address; `replace`: without a step in the browser's history. */
export function go(route: Route, { replace = false } = {}): void {
  // Setting `location.hash` would be heard of later, and a key pressed meanwhile would start from the old place.
  if (replace) history.replaceState(null, '', formatRoute(route))
  else history.pushState(null, '', formatRoute(route))
  follow(route)
}

/** Searches the list of issues. */
export function search(query: string): void {
  update({ query })
}

/** The issues that the list shows. */
export function listFound({ issues = [], query } = state): readonly IssueSummary[] {
  const words = query.toLowerCase().split(/\s+/)
  return query.trim() === '' ? issues : issues.filter((issue) => words.every((word) => haystack(issue).includes(word)))
}

function haystack({ title, slug, period, number, state: stage }: IssueSummary): string {
  return `${title} ${slug} ${period ?? ''} ${number === undefined ? '' : `#${number}`} ${stage ?? ''}`.toLowerCase()
}

function subscribe(onChange: () => void): () => void {
  subscribers.add(onChange)
  return () => subscribers.delete(onChange)
}

function update(patch: Partial<State>): void {
  state = { ...state, ...patch }
  for (const onChange of subscribers) onChange()
}

function follow(given: Route): void {
  const first = state.issues?.[0]?.slug
  const route = given.page === 'issue' && given.slug === undefined && first ? { ...given, slug: first } : given
  if (route !== given) history.replaceState(null, '', formatRoute(route))
  const isSameThing = nameOf(route) === nameOf(state.route) && route.look.reader === state.route.look.reader
  update({ route, ...(isSameThing ? {} : { openFailure: undefined }) })
  const next = heardOn(route)
  if (route.page === 'issue' && (next.slug !== heard.slug || next.reader !== heard.reader)) {
    heard = next
    connection.open(heard)
  }
  if (!isSameThing) void loadMessage()
}

function receive({ studio, issues, inbox, issue }: StateEvent): void {
  const patch: { -readonly [Key in keyof State]?: State[Key] } = {}
  if (studio && !('error' in studio)) patch.studio = studio
  if (issues) patch.listFailure = 'error' in issues ? issues : undefined
  if (issues && !('error' in issues)) patch.issues = issues.issues
  if (inbox && !('error' in inbox)) Object.assign(patch, { messages: inbox.messages, messageTotal: inbox.total })
  if (issue) Object.assign(patch, receiveIssue(issue))
  update(patch)
  if (inbox && state.openFailure) void loadMessage()
}

function receiveIssue(issue: OpenIssue): Partial<State> {
  const { route } = state
  if (route.page !== 'issue') return keep(issue)
  if (issue.reader !== route.look.reader) return {}
  const named = route.slug === undefined ? { route: { ...route, slug: issue.slug } } : {}
  if (named.route) {
    heard = { ...heard, slug: issue.slug }
    history.replaceState(null, '', formatRoute(named.route))
  } else if (issue.slug !== route.slug) {
    // Meanwhile something else was opened.
    return {}
  }
  if ('error' in issue) {
    // It was deleted; anything else (a configuration that does not load) leaves what was there in sight.
    const isGone = issue.error.code === 'preview/no-issue'
    const status = { look: 'trouble', words: 'The last change cannot be shown.' } as const
    return { ...named, openFailure: { error: issue.error }, status, ...(isGone ? { issue: undefined } : {}) }
  }
  return { ...named, issue, openFailure: undefined, status: describe(issue) }
}

function describe({ body }: LiveIssue): Status {
  if (body.mail?.isStale === false) return { look: 'live', words: `Up to date, ${new Date().toLocaleTimeString()}` }
  return { look: 'trouble', words: 'The last save cannot be built.' }
}

// An issue is ready when the author comes back from elsewhere.
function keep(issue: OpenIssue): Partial<State> {
  heard = { ...heard, slug: issue.slug }
  return 'error' in issue ? {} : { issue }
}

async function loadMessage(): Promise<void> {
  const { route } = state
  if (route.page !== 'inbox' || route.id === undefined) return
  const name = nameOf(route)
  let patch: Partial<State>
  try {
    patch = {
      message: await fetchJson<MessageBody>(`/api/inbox/${encodeURIComponent(route.id)}`),
      openFailure: undefined,
    }
  } catch (error) {
    patch = { openFailure: toErrorBody(error) }
  }
  if (name === nameOf(state.route)) update(patch)
}

function heardOn({ look, ...route }: Route): Heard {
  return { slug: route.page === 'issue' ? route.slug : heard.slug, reader: look.reader }
}

function say(look: Status['look'], words: string): void {
  update({ status: { look, words } })
}
