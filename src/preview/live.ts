import type { ErrorBody, InboxBody, IssuesBody, OpenIssue, StateEvent } from './api.ts'
import { errorBody, toErrorBody, toIssueBody } from './bodies.ts'
import { noIssue } from './errors.ts'
import type { EventStreams, Listener } from './event-stream.ts'
import type { LastGood } from './last-good.ts'
import { isSlug } from './names.ts'
import type { Change, StudioServices } from './services.ts'

/** Tells pages what they show, when they open and whenever it changes: no page asks twice. */
export interface Live {
  /** A page has come. */
  greet(listener: Listener): void
  onChange(change: Change): void
}

/** What the state of a page is made of, in the order in which a new page gets it. */
const PARTS = ['studio', 'issues', 'issue', 'inbox'] as const
type Part = (typeof PARTS)[number] | 'runs'

/** After a save the open issue comes first: the author waits for it. */
const CONCERNED: Readonly<Record<Change['kind'], readonly Part[]>> = {
  issue: ['issue', 'issues'],
  template: ['issue', 'issues'],
  config: ['issue', 'studio', 'issues'],
  inbox: ['inbox'],
  counts: ['issues', 'issue'],
  ledger: ['runs', 'issues', 'issue'],
}

export interface LiveOptions {
  readonly services: StudioServices
  readonly streams: EventStreams
  readonly lastGood: LastGood
}

export function createLive({ services, streams, lastGood }: LiveOptions): Live {
  /** What each page was told last, as JSON by part. */
  const told = new WeakMap<Listener, Map<Part, string>>()
  const wanted = new Set<Part>()
  let isBusy = false

  const tell = (listener: Listener, part: Part, state: StateEvent) => {
    const json = JSON.stringify(state)
    const known = told.get(listener) ?? new Map<Part, string>()
    if (known.get(part) === json) return
    told.set(listener, known.set(part, json))
    streams.tell(listener, json)
  }
  const tellIssues = async (pages: readonly Listener[]) => {
    const open = new Map<string, Promise<OpenIssue>>()
    for (const listener of pages) {
      const slug = await chooseIssue(listener, services)
      if (slug === undefined) continue
      const reader = listener.view?.reader
      const key = `${slug} ${reader ?? ''}`
      const issue = open.get(key) ?? readIssue(slug, reader, { services, lastGood })
      open.set(key, issue)
      tell(listener, 'issue', { issue: await issue })
    }
  }
  // A ledger that cannot be read is told to whoever opens a send.
  const tellRuns = async () => {
    try {
      streams.sendRuns(await services.listRuns())
    } catch {}
  }
  const tellPart = async (part: Part) => {
    const pages = streams.listeners().filter(({ view }) => view !== undefined)
    if (pages.length === 0) return
    if (part === 'issue') return await tellIssues(pages)
    if (part === 'runs') return await tellRuns()
    const state = { [part]: await readPart(part, services, lastGood) }
    for (const listener of pages) tell(listener, part, state)
  }
  // One after the other, so that an older state never arrives after a newer one.
  const work = async () => {
    if (isBusy) return
    isBusy = true
    for (let part = takeFirst(wanted); part; part = takeFirst(wanted)) await tellPart(part)
    isBusy = false
  }
  return {
    greet({ view }) {
      if (!view) return
      for (const part of PARTS) wanted.add(part)
      void work()
    },
    onChange({ kind }) {
      for (const part of CONCERNED[kind]) wanted.add(part)
      void work()
    },
  }
}

function takeFirst(wanted: Set<Part>): Part | undefined {
  const [part] = wanted
  if (part) wanted.delete(part)
  return part
}

async function chooseIssue({ view }: Listener, services: StudioServices): Promise<string | undefined> {
  if (!view) return undefined
  try {
    view.slug ??= (await services.listIssues())[0]?.slug
  } catch {
    // The list has the words for it.
  }
  return view.slug
}

async function readIssue(
  slug: string,
  reader: string | undefined,
  { services, lastGood }: Pick<LiveOptions, 'services' | 'lastGood'>,
): Promise<OpenIssue> {
  const name = { slug, ...(reader === undefined ? {} : { reader }) }
  try {
    // The page is told in the stream: a browser does not hear why it gets none.
    const inspection = isSlug(slug) ? await services.inspect(slug, reader) : undefined
    if (!inspection) {
      lastGood.forget(slug)
      return { ...name, ...errorBody(noIssue.code, noIssue.message(slug)) }
    }
    const shown = lastGood.update(inspection, reader)
    return { ...name, body: toIssueBody(shown), ...(shown.preview ? { html: shown.preview.html } : {}) }
  } catch (error) {
    return { ...name, ...toErrorBody(error) }
  }
}

async function readPart(
  part: Exclude<Part, 'issue' | 'runs'>,
  services: StudioServices,
  lastGood: LastGood,
): Promise<StateEvent['studio'] | IssuesBody | InboxBody | ErrorBody> {
  try {
    switch (part) {
      case 'studio':
        return await services.describe()
      case 'issues':
        return { issues: lastGood.updateList(await services.listIssues()) }
      case 'inbox':
        return await services.listInbox()
    }
  } catch (error) {
    return toErrorBody(error)
  }
}
