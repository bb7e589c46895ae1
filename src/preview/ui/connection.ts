import type { ChangeEvent, ErrorBody, RunsEvent, StateEvent } from '../api.ts'

/** A browser gives up for good when the server answers, but not with a stream. */
const RETRY_MS = 1_500

export interface ConnectionHandlers {
  /** Connected, for the first time or again. */
  readonly onReady: () => void
  readonly onState: (state: StateEvent) => void
  readonly onChange: (change: ChangeEvent) => void
  readonly onRuns: (runs: RunsEvent) => void
  /** Changes may not be noticed any more. */
  readonly onTrouble: (problem: ErrorBody) => void
  readonly onLost: () => void
}

/** What the server tells of by itself. */
export interface Heard {
  /** Missing: the newest issue. */
  readonly slug?: string | undefined
  /** Missing: the first fixture reader. */
  readonly reader?: string | undefined
}

/** Listens to the server for as long as the page is open, through restarts of it. */
export interface Connection {
  open(heard: Heard): void
}

export function createConnection(handlers: ConnectionHandlers): Connection {
  let source: EventSource | undefined
  const open = (heard: Heard) => {
    source?.close()
    const mine = new EventSource(`/events?live${formatHeard(heard)}`)
    source = mine
    const hear = <T>(name: string, handle: (data: T) => void) =>
      mine.addEventListener(name, ({ data }: MessageEvent<string>) => handle(JSON.parse(data) as T))
    mine.addEventListener('ready', handlers.onReady)
    hear('state', handlers.onState)
    hear('change', handlers.onChange)
    hear('runs', handlers.onRuns)
    hear('trouble', handlers.onTrouble)
    mine.addEventListener('error', () => {
      if (source !== mine) return
      handlers.onLost()
      if (mine.readyState === EventSource.CLOSED) setTimeout(() => source === mine && open(heard), RETRY_MS)
    })
  }
  return { open }
}

function formatHeard({ slug, reader }: Heard): string {
  const issue = slug === undefined ? '' : `&issue=${encodeURIComponent(slug)}`
  return reader === undefined ? issue : `${issue}&reader=${encodeURIComponent(reader)}`
}
