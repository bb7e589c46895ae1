import type { ChangeEvent, ErrorBody } from '../api.ts'

/** A browser gives up for good when the server answers, but not with a stream. */
const RETRY_MS = 1_500

export interface ConnectionHandlers {
  /** Connected, for the first time or again: anything may have changed. */
  readonly onReady: () => void
  readonly onChange: (change: ChangeEvent) => void
  /** Changes may not be noticed any more. */
  readonly onTrouble: (problem: ErrorBody) => void
  readonly onLost: () => void
}

/** Listens to the server for as long as the page is open, through restarts of it. */
export function connect(handlers: ConnectionHandlers): void {
  const source = new EventSource('/events')
  source.addEventListener('ready', handlers.onReady)
  source.addEventListener('change', ({ data }: MessageEvent<string>) =>
    handlers.onChange(JSON.parse(data) as ChangeEvent),
  )
  source.addEventListener('trouble', ({ data }: MessageEvent<string>) =>
    handlers.onTrouble(JSON.parse(data) as ErrorBody),
  )
  source.addEventListener('error', () => {
    handlers.onLost()
    if (source.readyState !== EventSource.CLOSED) return
    setTimeout(() => connect(handlers), RETRY_MS)
  })
}
