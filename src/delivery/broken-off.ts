/**
 * Deliveries that broke off: their message had begun, and the server refused the session or was gone before it had the
 * message (421, 503, a connection that is lost). That says nothing about the reader, so nothing is counted, and the
 * delivery comes next again. But a server may do so whenever it hears of one reader, and, as in limit-doubt.ts, one reader
 * must not hold the list up. So a delivery is put behind the others (putBack), in this send and in the next,
 *
 * - when it broke off for the second time in a send;
 * - when the send ended by it, so that the next one does not begin with it.
 *
 * What never came as far as the message, because the server is away or refuses everybody, is no word about a reader, and
 * nobody changes places for it.
 */
import type { Attempt } from '../transport/index.ts'
import { type Claim, putBack, type Transition } from './transitions.ts'

const MAX_TIMES = 2

/** Those of one send. */
export interface BrokenOff {
  /** @param isEnd - the send ended by it. @returns what is to be written; undefined when it comes next again. */
  hear(claim: Claim, attempt: Attempt, isEnd: boolean): Transition | undefined
  /** Whether the attempt was told of a message that had begun. */
  has(attempt: Attempt): boolean
}

export function createBrokenOff(): BrokenOff {
  const times = new Map<number, number>()
  const heard = new WeakSet<Attempt>()
  return {
    hear: (claim, attempt, isEnd) => {
      const count = (times.get(claim.readerKey) ?? 0) + 1
      times.set(claim.readerKey, count)
      heard.add(attempt)
      return count >= MAX_TIMES || isEnd ? { ...putBack(claim), note: 'broken-off' } : undefined
    },
    has: (attempt) => heard.has(attempt),
  }
}
