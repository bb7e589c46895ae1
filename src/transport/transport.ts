import type { Message } from '../message/index.ts'
import type { Attempt } from './attempt.ts'

/** What the caller does while a message is on its way. */
export interface Handover {
  /** The first command of the message goes out now; again when another connection has to try. */
  onDepart?(): void
  /**
   * Called once, when the server has asked for the message and has all of it but the end. Only after it resolves does
   * the final dot go out, and with it the point of no return; when it rejects the dot is never written, the connection
   * is cut and `send` rejects with its reason.
   */
  beforeFinalDot(): Promise<void>
}

/** Hands messages on. */
export interface Transport {
  /** `smtp`, `inbox` … */
  readonly name: string
  /** Where messages go, without credentials: `smtp.example.com:587`. */
  readonly place: string
  /** How many messages can be on their way at a time. */
  readonly connections: number
  /**
   * Opens one connection and logs in, so that a wrong password or certificate shows before anything is done.
   *
   * @returns kind `accepted`, or `server` with what refuses.
   */
  probe(): Promise<Attempt>
  /**
   * @param message - recycled once it was accepted and has left; its `raw` is not to be read after that.
   * @returns what became of it; never throws for anything the server or the network did.
   */
  send(message: Message, handover?: Handover): Promise<Attempt>
  /** Waits for what is in flight. */
  close(): Promise<void>
  /** Cuts every connection: what is in flight ends as it stands. */
  destroy(): void
}
