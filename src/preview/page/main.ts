import type { ErrorBody, InboxBody, IssueBody, IssuesBody, MessageBody, StudioBody } from '../api.ts'
import type { Change } from '../services.ts'
import { connect } from './connection.ts'
import { fetchJson, Problem } from './fetch-json.ts'
import { renderInbox } from './inbox-view.ts'
import { renderIssue, type Stage } from './issue-view.ts'
import { routeForKey } from './keyboard.ts'
import { createMailFrame } from './mail-frame.ts'
import { formatRoute, type Look, parseRoute, type Route } from './route.ts'
import { renderSidebar } from './sidebar.ts'
import { createTask } from './task.ts'

/** What has been fetched; undefined: not yet. */
interface State {
  route: Route
  studio?: StudioBody
  issues?: IssuesBody['issues']
  messages: InboxBody['messages']
  issue?: IssueBody | undefined
  message?: MessageBody | undefined
  /** Why the list, or what is open, has no answer. */
  listFailure?: ErrorBody | undefined
  openFailure?: ErrorBody | undefined
}

const find = (id: string) => document.getElementById(id) ?? document.body
const state: State = { route: parseRoute(location.hash), messages: [] }
const mail = createMailFrame(document.body.dataset['sandbox'] ?? '', onKey)
const stage: Stage = { head: find('head'), bar: find('bar'), over: find('over'), content: find('content'), mail }
const list = createTask(loadList)
const opened = createTask(loadOpen)

find('stage').append(mail.element)
find('skip').addEventListener('click', (event) => {
  event.preventDefault()
  find('main').focus()
})
document.addEventListener('keydown', onKey)
addEventListener('hashchange', () => {
  const before = state.route
  state.route = parseRoute(location.hash)
  chooseFirst()
  if (nameOf(before) !== nameOf(state.route)) {
    state.openFailure = undefined
    opened.run()
  }
  render()
})
connect({
  onReady: () => {
    say('live', 'Watching for changes')
    opened.run()
    list.run()
  },
  onChange,
  onTrouble: ({ error }) => say('trouble', `${error.message} ${error.hint ?? ''}`),
  onLost: () => say('lost', 'The preview server has stopped. Start it again and this page goes on by itself.'),
})
render()

function onChange(change: Change): void {
  if (concernsOpen(change)) opened.run()
  list.run()
}

function concernsOpen({ kind, slugs }: Change): boolean {
  const { route } = state
  if (kind === 'inbox' || route.view === 'inbox')
    return kind === 'inbox' && route.view === 'inbox' && state.openFailure !== undefined
  return slugs === undefined || (route.slug !== undefined && slugs.includes(route.slug))
}

async function loadList(): Promise<void> {
  try {
    const [studio, { issues }, { messages }] = await Promise.all([
      fetchJson<StudioBody>('/api/studio'),
      fetchJson<IssuesBody>('/api/issues'),
      fetchJson<InboxBody>('/api/inbox'),
    ])
    Object.assign(state, { studio, issues, messages, listFailure: undefined })
    chooseFirst()
  } catch (error) {
    state.listFailure = toErrorBody(error)
  }
  render()
}

async function loadOpen(): Promise<void> {
  const { route } = state
  const name = nameOf(route)
  if (route.view === 'inbox' ? route.id === undefined : route.slug === undefined) return
  try {
    const body = await fetchJson<IssueBody | MessageBody>(apiPath(route))
    // Meanwhile something else may have been opened.
    if (name !== nameOf(state.route)) return
    state.openFailure = undefined
    if ('slug' in body) state.issue = body
    else state.message = body
    if (route.view === 'issue') say('live', `Up to date, ${new Date().toLocaleTimeString()}`)
  } catch (error) {
    if (name !== nameOf(state.route)) return
    state.openFailure = toErrorBody(error)
    // It was deleted; anything else (a configuration that does not load) leaves what was there in sight.
    if (state.openFailure?.error.code === 'preview/no-issue') state.issue = undefined
  }
  render()
}

// A server that cannot be reached says nothing: the page shows what it has, and the connection says why.
function toErrorBody(error: unknown): ErrorBody | undefined {
  if (!(error instanceof Problem)) return undefined
  return { error: { code: error.code, message: error.message, ...(error.hint ? { hint: error.hint } : {}) } }
}

function chooseFirst(): void {
  const { route, issues } = state
  const first = issues?.[0]
  if (route.view !== 'issue' || route.slug !== undefined || !first) return
  state.route = { ...route, slug: first.slug }
  history.replaceState(null, '', formatRoute(state.route))
  opened.run()
}

function render(): void {
  const { route, issues, messages, studio } = state
  renderSidebar(find('list'), { issues, messages, route })
  renderNames(state)
  const failure = state.openFailure ?? state.listFailure
  const onLook = (look: Look) => location.replace(formatRoute({ ...route, look }))
  if (route.view === 'inbox') {
    const message = state.message?.id === route.id ? state.message : undefined
    renderInbox(stage, { route, studio, messages, message, failure: message ? undefined : failure, onLook })
  } else {
    const issue = state.issue?.slug === route.slug ? state.issue : undefined
    renderIssue(stage, { route, issue, failure, onLook })
  }
}

function renderNames({ route, issues, studio }: State): void {
  const name = studio?.name ?? 'Letterpress'
  const title = route.view === 'inbox' ? 'Inbox' : issues?.find(({ slug }) => slug === route.slug)?.title
  find('name').textContent = name
  document.title = title === undefined ? name : `${title} – ${name}`
}

function apiPath(route: Route): string {
  return route.view === 'inbox'
    ? `/api/inbox/${encodeURIComponent(route.id ?? '')}`
    : `/api/issues/${encodeURIComponent(route.slug ?? '')}`
}

function nameOf(route: Route): string {
  return route.view === 'inbox' ? `inbox ${route.id ?? ''}` : `issue ${route.slug ?? ''}`
}

function onKey(event: KeyboardEvent): void {
  const reach = { slugs: (state.issues ?? []).map(({ slug }) => slug), messageIds: state.messages.map(({ id }) => id) }
  const next = routeForKey(event, state.route, reach)
  if (!next) return
  event.preventDefault()
  // A frame that is hidden would keep the keyboard to itself.
  if (document.activeElement instanceof HTMLIFrameElement) find('main').focus()
  location.hash = formatRoute(next)
}

function say(look: 'live' | 'lost' | 'trouble', words: string): void {
  const status = find('status')
  status.dataset['look'] = look
  status.textContent = words
}
