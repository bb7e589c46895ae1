import type { Address, Clock } from '../base/index.ts'
import type { Database, Queries } from '../db/index.ts'
import type { Message } from '../message/index.ts'
import type { Reader } from '../subscriber/index.ts'
import type { Attempt, Transport } from '../transport/index.ts'
import type { Closed } from './limits/tap.ts'
import type { Limits } from './limits/limits.ts'
import type { RetryOptions } from './options.ts'
import type { Counts } from './states.ts'
import type { SkipReason } from './transitions.ts'

/** What the loop needs of the list, at the moment of sending. */
export interface Readers {
  /** The reader as they are now, or why they get nothing. */
  find(readerKey: number): Promise<Reader | SkipReason>
  /** The domains of those that are still known; for limits of groups. */
  findDomains?(readerKeys: readonly number[]): Promise<ReadonlyMap<number, string>>
  /** Never mail this address again. In the transaction of the failure. */
  suppress(tx: Queries, email: Address, attempt: Attempt): Promise<void>
}

export interface SendRunOptions {
  readonly db: Database
  readonly clock: Clock
  readonly runKey: number
  /** Of the lock. */
  readonly token: string
  readonly counts: Counts
  readonly readers: Readers
  readonly transport: Transport
  /** @returns undefined when no message can be made for this reader alone; what it throws stops the run. */
  readonly compose: (reader: Reader, date: Date) => Message | undefined | Promise<Message | undefined>
  readonly limits: Limits
  readonly retry: RetryOptions
  /** How long to wait for deferred deliveries when nothing else is left, and for a server that asks for less. */
  readonly waitMs: number
  /** How long what is in flight may take once the run stops; the store has a second more. */
  readonly drainMs: number
  readonly signal: AbortSignal
  readonly onEvent: (event: RunEvent) => void
}

/** What a run tells while it goes on. */
export type RunEvent =
  | { readonly kind: 'progress'; readonly counts: Counts }
  /** Only deferred deliveries are left. */
  | { readonly kind: 'waiting'; readonly until: Date }
  /** The caller's signal came: nothing new is begun. `inFlight`: messages that the server is being handed. */
  | { readonly kind: 'stopping'; readonly inFlight: number; readonly drainMs: number }
  /** Another process has paused or cancelled the run: as `stopping`. */
  | { readonly kind: 'halted'; readonly by: 'paused' | 'cancelled'; readonly inFlight: number }
  /** The server is lost, busy, or asks for less: nothing is sent before `until`. */
  | { readonly kind: 'pause'; readonly attempt: Attempt; readonly until: Date }
  /** A limit's window is full: nothing of it is sent before `until`. */
  | ({ readonly kind: 'limited' } & Closed)

/** Why a run stopped. */
export type RunEnd =
  /** Nothing is left to do now. `dueAt`: deferred deliveries are, later than the wait. */
  | { readonly kind: 'done'; readonly dueAt?: Date }
  | { readonly kind: 'interrupted' }
  /** The author said so in another process. */
  | { readonly kind: 'paused' }
  | { readonly kind: 'cancelled' }
  /** The server refuses whatever is sent, or is away. */
  | { readonly kind: 'server'; readonly attempt: Attempt }
  /**
   * Only deliveries are left with which the server breaks off, while it takes others. `count` of them; `readers`: the ids
   * of the first few.
   */
  | {
      readonly kind: 'broken-off'
      readonly attempt: Attempt
      readonly count: number
      readonly readers: readonly string[]
    }
  /**
   * The server takes no more of this sender for now: its quota is used up, or it slowed the send down for longer than
   * the wait. Nothing is wrong: the rest is pending. `dueAt`: when it may take more again.
   */
  | { readonly kind: 'later'; readonly attempt: Attempt; readonly dueAt: Date }
  /** A limit's window is full for longer than the wait; the rest is pending. */
  | ({ readonly kind: 'limited' } & Closed)
  /** Too many equal refusals: the readers are not the problem. */
  | { readonly kind: 'refusals'; readonly attempt: Attempt }
  /** Too many connections were lost after the message: nobody knows who got it. `count`: in this send. */
  | { readonly kind: 'unknowns'; readonly count: number; readonly attempt: Attempt }
  /** The store or the making of messages failed. */
  | { readonly kind: 'failed'; readonly error: unknown }

export interface RunResult {
  readonly end: RunEnd
  /** As they stand on the disk. */
  readonly counts: Counts
  /** Deliveries that the server judged and whose result could not be written; the next start finds them `handed`. */
  readonly unsaved: number
  /** The store did not answer in time: asking it to let the run go would only take longer. */
  readonly isStuck: boolean
}
