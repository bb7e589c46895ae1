import type { ChangeEvent, ErrorBody, RunsEvent, StateEvent } from '../api.ts'

/** A browser gives up for good when the server answers, but not with a stream. */
const RETRY_MS = 1_500
/** The server says every three seconds that it lives. */
const SILENCE_MS = 7_000
const LOOK_EVERY_MS = 1_000

export interface ConnectionHandlers {
  /** Connected, for the first time or again. */
  readonly onReady: () => void
  readonly onState: (state: StateEvent) => void
  readonly onChange: (change: ChangeEvent) => void
  readonly onRuns: (runs: RunsEvent) => void
  /** Changes may not be noticed any more. */
  readonly onTrouble: (problem: ErrorBody) => void
  /** Nobody answers at the server's address. */
  readonly onLost: () => void
  /** It answered that it does not tell this page of changes. */
  readonly onRefused: (problem: ErrorBody) => void
  /** It is there, and says nothing. */
  readonly onSilent: () => void
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
  let heardAt = Date.now()
  let isSilent = false
  const listen = () => {
    heardAt = Date.now()
    if (isSilent) handlers.onReady()
    isSilent = false
  }
  setInterval(() => {
    if (isSilent || source?.readyState !== EventSource.OPEN || Date.now() - heardAt < SILENCE_MS) return
    isSilent = true
    handlers.onSilent()
  }, LOOK_EVERY_MS)
  const open = (heard: Heard) => {
    source?.close()
    const address = `/events?live${formatHeard(heard)}`
    const mine = new EventSource(address)
    source = mine
    const hear = <T>(name: string, handle: (data: T) => void) =>
      mine.addEventListener(name, ({ data }: MessageEvent<string>) => {
        listen()
        handle(JSON.parse(data) as T)
      })
    hear('beat', () => undefined)
    hear('ready', handlers.onReady)
    hear('state', handlers.onState)
    hear('change', handlers.onChange)
    hear('runs', handlers.onRuns)
    hear('trouble', handlers.onTrouble)
    mine.addEventListener('error', () => {
      if (source !== mine) return
      isSilent = false
      if (mine.readyState !== EventSource.CLOSED) return handlers.onLost()
      setTimeout(() => source === mine && open(heard), RETRY_MS)
      void readRefusal(address).then((problem) => {
        if (source !== mine) return
        if (problem) handlers.onRefused(problem)
        else handlers.onLost()
      })
    })
  }
  return { open }
}

/** The words that an event source keeps to itself. @returns undefined when there are none */
async function readRefusal(address: string): Promise<ErrorBody | undefined> {
  const controller = new AbortController()
  try {
    const response = await fetch(address, { signal: controller.signal })
    if (!response.ok) return (await response.json()) as ErrorBody
  } catch {
    // Nobody is there.
  } finally {
    // It may be a stream by now, which would never end.
    controller.abort()
  }
  return undefined
}

function formatHeard({ slug, reader }: Heard): string {
  const issue = slug === undefined ? '' : `&issue=${encodeURIComponent(slug)}`
  return reader === undefined ? issue : `${issue}&reader=${encodeURIComponent(reader)}`
}
