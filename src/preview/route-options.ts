import type { EventStreams } from './event-stream.ts'
import type { LastGood } from './last-good.ts'
import type { Live } from './live.ts'
import type { StudioServices } from './services.ts'

/** What the routes are made of. */
export interface RouteOptions {
  readonly services: StudioServices
  readonly streams: EventStreams
  readonly lastGood: LastGood
  readonly live: Live
  /** For the page; actions carry it. */
  readonly token: string
}
