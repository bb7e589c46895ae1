/**
 * Limits of the sender that a server spoke of in answer to one reader. Behind a relay they may be that reader's alone
 * ("too many messages" for one mailbox, words of a policy), and one reader must not hold the list up. So the first such
 * reply is kept here, in memory, until
 *
 * - another reader meets an equal one, now or later: it is the sender's, and the run slows down or ends;
 * - another reader's message, begun after it, is accepted: it was the reader's own, and is a refusal like others;
 * - nothing is left to send: the same, unless it is a quota, which then ends the run;
 * - the run stops, or the process dies: the delivery is pending as before. What the server said is kept, unless the
 *   process died.
 */
import type { Address } from '../base/index.ts'
import type { Attempt } from '../transport/index.ts'
import type { Claim } from './transitions.ts'

/** A try that met what may be a limit of the sender. Its delivery is as it was before the try. */
export interface Limited {
  readonly claim: Claim
  readonly attempt: Attempt
  readonly firstAt: Date
  readonly email: Address
}

export interface LimitDoubt {
  /** A try begins. @returns its number. */
  begin(): number
  /** @returns those that met the same, with this one, when it is to be believed; empty while it is kept. */
  hear(limited: Limited): readonly Limited[]
  /** A message was accepted. @returns those that met their own limit. */
  accept(begunAt: number): readonly Limited[]
  /** Nothing is left to send, or the run stopped. @returns those that are kept. */
  empty(): readonly Limited[]
  /** How many are kept. */
  readonly held: () => number
}

export function createLimitDoubt(): LimitDoubt {
  let held: (Limited & { readonly words: string; readonly heardAt: number })[] = []
  /** Who met it first, by its words. */
  const met = new Map<string, number>()
  let count = 0
  const take = (isTaken: (one: (typeof held)[number]) => boolean): readonly Limited[] => {
    if (held.length === 0) return held
    const taken = held.filter(isTaken)
    held = held.filter((one) => !isTaken(one))
    return taken
  }
  return {
    begin: () => ++count,
    hear: (limited) => {
      const words = wordsOf(limited)
      const first = met.get(words) ?? limited.claim.readerKey
      met.set(words, first)
      if (first !== limited.claim.readerKey) return [...take((one) => one.words === words), limited]
      held.push({ ...limited, words, heardAt: count })
      return []
    },
    accept: (begunAt) => take(({ heardAt }) => heardAt < begunAt),
    empty: () => take(() => true),
    held: () => held.length,
  }
}

/** Characters of a reply: the beginning of a long one is enough to know it by. */
const MAX_COMPARED = 1000

// Addresses, ids and counters differ from reply to reply.
function wordsOf({ attempt: { fault, code, enhancedCode, text } }: Limited): string {
  return `${fault} ${code} ${enhancedCode} ${text.slice(0, MAX_COMPARED).replaceAll(/\S*@\S*|[\w-]*\d[\w-]*/g, '#')}`
}
