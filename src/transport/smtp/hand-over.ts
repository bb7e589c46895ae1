import type { Readable } from 'node:stream'

/** What happens on the way of a message, in this order. */
export interface Journey {
  /** 354 has arrived and the body is going out; the final dot waits for this. */
  readonly beforeFinalDot: () => Promise<void>
  /** The dot goes out: from here on the server may have the message. */
  readonly onDot: () => void
  /** `beforeFinalDot` rejected: the connection must be cut, for the server waits for an end that never comes. */
  readonly onRefused: (reason: unknown) => void
}

/** The part of nodemailer's DataStream that this rests on; test/transport/contract.test.ts compares the bytes. */
interface DataStream {
  /** Past the stream's own search for lines that begin with a dot. */
  push(bytes: Uint8Array): boolean
  write(bytes: Uint8Array): boolean
  /** Appends what is missing of CRLF dot CRLF. */
  end(): void
  /** Everything was read from it. */
  readonly readableEnded: boolean
}

/** A message on its way. */
export interface Handed {
  /** For `SMTPConnection.send`. */
  readonly source: Readable
  /** Whether the socket has all of the message, and nothing here refers to its bytes any more. */
  readonly isRead: () => boolean
}

const CR = 0x0d
const LF = 0x0a
const DOT = 0x2e

/**
 * Wraps a message for nodemailer's `SMTPConnection.send`, which asks for no more than `pipe` and calls it once 354 has
 * arrived. Bytes that need no stuffing skip nodemailer's loop over each of them, two thirds of the CPU time of a send.
 *
 * @param isWireReady - nothing is to be added; unknown: it is looked for.
 */
export function handOver(raw: Buffer, isWireReady: boolean | undefined, journey: Journey): Handed {
  let data: DataStream | undefined
  const pipe = (stream: DataStream) => {
    data = stream
    if (isWireReady || !needsStuffing(raw)) stream.push(raw.subarray(0, -2))
    else stream.write(raw)
    journey.beforeFinalDot().then(() => {
      journey.onDot()
      stream.end()
    }, journey.onRefused)
  }
  return { source: { pipe } as unknown as Readable, isRead: () => data?.readableEnded === true }
}

/** Whether a byte must be added on the wire: a dot at the start of a line, CR or LF alone, no CRLF at the end. */
export function needsStuffing(raw: Buffer): boolean {
  if (raw.length < 2 || raw[0] === DOT || raw[raw.length - 1] !== LF) return true
  for (let at = raw.indexOf(LF); at >= 0; at = raw.indexOf(LF, at + 1)) {
    if (raw[at - 1] !== CR || raw[at + 1] === DOT) return true
  }
  for (let at = raw.indexOf(CR); at >= 0; at = raw.indexOf(CR, at + 1)) if (raw[at + 1] !== LF) return true
  return false
}
