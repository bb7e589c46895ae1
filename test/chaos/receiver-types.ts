/** What it does besides taking mail; shares are from 0 to 1. */
export interface ReceiverOptions {
  /** File that what was taken is appended to: a {@link Taken} as JSON a line. */
  readonly log: string
  /** Default: a free one. */
  readonly port?: number
  /** Of what is drawn for each message. */
  readonly seed?: number
  /** Milliseconds before the 250 to a message. */
  readonly delayMs?: number
  /** Recipients told 451 the first time in the life of a process. */
  readonly greylist?: number
  /** Recipients told 550 5.1.1, always. */
  readonly refuse?: number
  /** MAIL commands told 421, and the connection closed. */
  readonly busy?: number
  /** Messages whose connection is closed after the 354. */
  readonly dropBefore?: number
  /** Messages that are taken and logged, and whose connection is closed instead of a 250. */
  readonly dropAfter?: number
  /** Default: `PIPELINING`. */
  readonly extensions?: readonly string[]
  /** Whether the log has the messages whole. */
  readonly keep?: boolean
}

/** A message that was taken, whether or not its 250 was sent. */
export interface Taken {
  readonly to: readonly string[]
  /** Its Message-ID, with angle brackets. */
  readonly id: string
  /** SHA-256 of its body as it came over the wire. */
  readonly sha: string
  /** From 1 in the life of a process. */
  readonly connection: number
  /** When MAIL came, epoch ms. */
  readonly startedAt: number
  readonly at: number
  /** Base64 of the bytes on the wire without the final CRLF.CRLF, dots doubled. */
  readonly raw?: string
}

/**
 * Where a sender dies: when the `after`th message gets to a stage, and so many microseconds later. `354`: it was told to
 * go on and is about to commit `handed`; `dot`: `handed` is committed, the message has arrived, no reply was sent;
 * `reply`: it is about to learn that the message was accepted.
 */
export interface Aim {
  readonly pid: number
  readonly stage: '354' | 'dot' | 'reply'
  readonly after: number
  readonly delayUs: number
}

export type ReceiverEvent = { readonly kind: 'ready'; readonly port: number } | { readonly kind: 'connected' }
