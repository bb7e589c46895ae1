import type { ChangeEvent, ErrorBody } from './api.ts'

/** Browsers reconnect after this long. */
const RETRY_MS = 1_000
/** Proxies and browsers drop silent streams; a heartbeat also shows that the server lives. */
const HEARTBEAT_MS = 15_000
/** Events that a page which reads nothing may leave behind; it fetches everything again when it comes back. */
const MAX_BACKLOG = 64
/** A page opens one stream; more than these is a page gone mad. */
const MAX_STREAMS = 64

/** The open streams of all pages. */
export interface EventStreams {
  /** @returns undefined when there are too many. */
  open(): ReadableStream<Uint8Array> | undefined
  send(change: ChangeEvent): void
  /** Says that changes may not be noticed any more. */
  warn(problem: ErrorBody): void
  close(): void
}

/** @see HTML Living Standard §9.2, server-sent events */
export function createEventStreams(): EventStreams {
  const encoder = new TextEncoder()
  const streams = new Set<ReadableStreamDefaultController<Uint8Array>>()
  let isClosed = false

  const drop = (stream: ReadableStreamDefaultController<Uint8Array>) => {
    // A stream whose reader has left throws.
    if (streams.delete(stream)) attempt(() => stream.close())
  }
  const write = (text: string) => {
    const bytes = encoder.encode(text)
    for (const stream of streams) {
      if ((stream.desiredSize ?? -Infinity) < -MAX_BACKLOG || !attempt(() => stream.enqueue(bytes))) drop(stream)
    }
  }
  const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS)
  heartbeat.unref()

  return {
    open() {
      if (isClosed || streams.size >= MAX_STREAMS) return undefined
      let own: ReadableStreamDefaultController<Uint8Array> | undefined
      return new ReadableStream<Uint8Array>({
        start(stream) {
          own = stream
          streams.add(stream)
          stream.enqueue(encoder.encode(`retry: ${RETRY_MS}\nevent: ready\ndata: {}\n\n`))
        },
        cancel() {
          if (own) streams.delete(own)
        },
      })
    },
    send(change) {
      write(`event: change\ndata: ${JSON.stringify(change)}\n\n`)
    },
    warn(problem) {
      write(`event: trouble\ndata: ${JSON.stringify(problem)}\n\n`)
    },
    close() {
      isClosed = true
      clearInterval(heartbeat)
      for (const stream of streams) drop(stream)
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
