import type { ChangeEvent, ErrorBody, RunsEvent } from './api.ts'

/** Browsers reconnect after this long. */
const RETRY_MS = 1_000
/** Proxies and browsers drop silent streams; the page tells by it that the server lives (src/preview/ui/connection.ts). */
const HEARTBEAT_MS = 3_000
/** Events that a page which reads nothing may leave behind; it fetches everything again when it comes back. */
const MAX_BACKLOG = 64
/** A page opens one stream; more than these is a page gone mad. */
const MAX_STREAMS = 64

/** A page that listens; two pages that show the same are two. */
export interface Listener {
  /** What it shows; missing when it wants to hear of changes only. */
  readonly view?: View
}

export interface View {
  /** The open issue; missing: the newest. */
  slug?: string | undefined
  /** As whom it is shown; missing: the first fixture reader. */
  readonly reader?: string
}

/** The open streams of all pages. */
export interface EventStreams {
  /** @returns undefined when there are too many. */
  open(listener: Listener): ReadableStream<Uint8Array> | undefined
  listeners(): readonly Listener[]
  /** To every page. */
  send(change: ChangeEvent): void
  /** To every page: how sends stand. */
  sendRuns(event: RunsEvent): void
  /** To one page: JSON that is `state`. */
  tell(listener: Listener, json: string): void
  /** Says that changes may not be noticed any more. */
  warn(problem: ErrorBody): void
  close(): void
}

type Stream = ReadableStreamDefaultController<Uint8Array>

/** @see HTML Living Standard §9.2, server-sent events */
export function createEventStreams(): EventStreams {
  const encoder = new TextEncoder()
  const streams = new Map<Listener, Stream>()
  let isClosed = false

  const drop = (listener: Listener) => {
    const stream = streams.get(listener)
    streams.delete(listener)
    // A stream whose reader has left throws.
    if (stream) attempt(() => stream.close())
  }
  const write = (listener: Listener, bytes: Uint8Array) => {
    const stream = streams.get(listener)
    if (!stream) return
    if ((stream.desiredSize ?? -Infinity) < -MAX_BACKLOG || !attempt(() => stream.enqueue(bytes))) drop(listener)
  }
  const writeAll = (text: string) => {
    const bytes = encoder.encode(text)
    for (const listener of streams.keys()) write(listener, bytes)
  }
  const heartbeat = setInterval(() => writeAll('event: beat\ndata: {}\n\n'), HEARTBEAT_MS)
  heartbeat.unref()

  return {
    open(listener) {
      if (isClosed || streams.size >= MAX_STREAMS) return undefined
      return new ReadableStream<Uint8Array>({
        start(stream) {
          streams.set(listener, stream)
          stream.enqueue(encoder.encode(`retry: ${RETRY_MS}\nevent: ready\ndata: {}\n\n`))
        },
        cancel() {
          streams.delete(listener)
        },
      })
    },
    listeners: () => [...streams.keys()],
    send: (change) => writeAll(`event: change\ndata: ${JSON.stringify(change)}\n\n`),
    sendRuns: (event) => writeAll(`event: runs\ndata: ${JSON.stringify(event)}\n\n`),
    tell: (listener, json) => write(listener, encoder.encode(`event: state\ndata: ${json}\n\n`)),
    warn: (problem) => writeAll(`event: trouble\ndata: ${JSON.stringify(problem)}\n\n`),
    close() {
      isClosed = true
      clearInterval(heartbeat)
      for (const listener of streams.keys()) drop(listener)
    },
  }
}

function attempt(action: () => void): boolean {
  try {
    action()
    return true
  } catch {
    return false
  }
}
