import type { ErrorBody, StateEvent } from '../api.ts'

/** A browser gives up for good when the server answers, but not with a stream. */
const RETRY_MS = 1_500

export interface ConnectionHandlers {
  /** Connected, for the first time or again. */
  readonly onReady: () => void
  readonly onState: (state: StateEvent) => void
  /** Changes may not be noticed any more. */
  readonly onTrouble: (problem: ErrorBody) => void
  readonly onLost: () => void
}

/** Listens to the server for as long as the page is open, through restarts of it. */
export interface Connection {
  /** @param slug - the issue to be told of; missing: the newest. */
  open(slug: string | undefined): void
}

export function createConnection(handlers: ConnectionHandlers): Connection {
  let source: EventSource | undefined
  const open = (slug: string | undefined) => {
    source?.close()
    const mine = new EventSource(`/events?live${slug === undefined ? '' : `&issue=${encodeURIComponent(slug)}`}`)
    source = mine
    mine.addEventListener('ready', handlers.onReady)
    mine.addEventListener('state', ({ data }: MessageEvent<string>) => handlers.onState(JSON.parse(data) as StateEvent))
    mine.addEventListener('trouble', ({ data }: MessageEvent<string>) =>
      handlers.onTrouble(JSON.parse(data) as ErrorBody),
    )
    mine.addEventListener('error', () => {
      if (source !== mine) return
      handlers.onLost()
      if (mine.readyState === EventSource.CLOSED) setTimeout(() => source === mine && open(slug), RETRY_MS)
    })
  }
  return { open }
}
