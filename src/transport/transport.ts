import type { Message } from '../message/index.ts'
import type { Attempt } from './attempt.ts'

/** Hands messages on. */
export interface Transport {
  /** `smtp`, `inbox` … */
  readonly name: string
  /** Where messages go, without credentials: `smtp.example.com:587`. */
  readonly place: string
  /** @returns what became of it; never throws for anything the server or the network did. */
  send(message: Message): Promise<Attempt>
  /** Waits for what is in flight. */
  close(): Promise<void>
}
