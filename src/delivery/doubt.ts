/**
 * Permanent refusals that are not believed yet. A relay that is set up wrongly answers `550 5.1.1` to everybody, and
 * nobody may be failed, let alone suppressed for good, because of that. So a refusal is only held here, in memory, until
 *
 * - the server accepts a message, or refuses one with other codes after it had accepted one: failed, and suppressed when
 *   the address is bad. One that speaks neither of the address nor of the mailbox may be about the sender, and is held
 *   until 200 further verdicts have come;
 * - nothing is left to send: failed, and suppressed only when this send had an acceptance;
 * - too many were equal, 20 in a row or, of those that may be about the sender, more than 10 of the last 200 verdicts:
 *   put back to pending, and the run stops. A later send of a ledger that has acceptances bears more of them: the author
 *   has seen what the server says, and at the end of a list many may be gone;
 * - the run stops for another reason, or the process dies: they are pending, or deferred, as before, and the next send
 *   tries them again. The server certainly did not take them, so nobody is mailed twice. What it said is kept, unless
 *   the process died.
 *
 * Addresses that do not exist are only counted in a row: an old list has many of them, and stopping at each eleventh would
 * not make it better.
 */
import type { Attempt } from '../transport/index.ts'
import { putBack, type Transition } from './transitions.ts'

/** Equal permanent refusals without one acceptance between them. */
const MAX_REFUSALS = 20
/** Verdicts looked back on. */
const WINDOW = 200
/** Of WINDOW: equal refusals that may be about the sender. */
const MAX_SHARE = 0.05

/** Characters of a reply. */
const MAX_COMPARED = 1000

/** A delivery that the server refused for good, and what it said. */
export interface Refusal extends Transition {
  readonly attempt: Attempt
}

export interface Doubt {
  /** So many more may be refused before the run stops. */
  allow(more: number): void
  /** What the server said about a message. `stop`: too many were refused in a row. */
  hear(attempt: Attempt): 'stop' | 'go'
  /** Keeps a refusal until it is known what to think of it. */
  hold(refusal: Refusal): void
  /** How many are held. */
  readonly held: () => number
  /** Whether too many were refused in a row. */
  readonly isStopped: () => boolean
  /** What can be written now: everything held, once the streak is broken. */
  release(): readonly Transition[]
  /** What is to be written when nothing is left to send, or when the run stopped because of refusals. */
  releaseAll(): readonly Transition[]
  /** The run stopped for another reason. @returns what was held. */
  empty(): readonly Refusal[]
}

export function createDoubt(): Doubt {
  let held: Held[] = []
  let key = ''
  let count = 0
  /** Verdicts so far. */
  let heard = 0
  let hasAccepted = false
  let isBroken = false
  let isStopped = false
  let allowed = 0
  const suspects = createWindow()
  const empty = () => {
    const all = held
    held = []
    return all.map(({ refusal }) => refusal)
  }
  return {
    allow: (more) => {
      allowed = more
    },
    hear: (attempt) => {
      if (attempt.kind !== 'accepted' && attempt.kind !== 'permanent') return 'go'
      heard++
      if (attempt.kind === 'accepted') {
        count = 0
        hasAccepted = true
        isBroken = true
        return 'go'
      }
      const said = codesOf(attempt)
      if (said !== key && hasAccepted) isBroken = true
      count = said === key ? count + 1 : 1
      key = said
      const isFrequent = isSuspect(attempt) && suspects.add(wordsOf(attempt), heard) > WINDOW * MAX_SHARE + allowed
      isStopped ||= count >= MAX_REFUSALS + allowed || isFrequent
      return isStopped ? 'stop' : 'go'
    },
    hold: (refusal) => void held.push({ refusal, untilHeard: isSuspect(refusal.attempt) ? heard + WINDOW : 0 }),
    held: () => held.length,
    isStopped: () => isStopped,
    release: () => {
      if (!isBroken || isStopped) return []
      // Also with nothing to release: what broke a streak says nothing of the next one.
      isBroken = false
      const believed = held.filter(({ untilHeard }) => untilHeard <= heard)
      held = held.filter(({ untilHeard }) => untilHeard > heard)
      return believed.map(({ refusal }) => refusal)
    },
    empty,
    releaseAll: () => {
      if (isStopped) return empty().map(({ claim, attempt }) => putBack(claim, attempt))
      // Without the address nobody is suppressed.
      return empty().map(({ email, ...rest }) => (hasAccepted && email ? { ...rest, email } : rest))
    },
  }
}

interface Held {
  readonly refusal: Refusal
  /** Number of the verdict from which on it is believed. */
  readonly untilHeard: number
}

/** Counts equal words among the last verdicts. */
function createWindow() {
  let last: { readonly words: string; readonly at: number }[] = []
  return {
    /** @param at - number of the verdict. @returns how many of the last were the same, with this one. */
    add: (words: string, at: number): number => {
      last = last.filter((one) => one.at > at - WINDOW)
      last.push({ words, at })
      return last.filter((one) => one.words === words).length
    },
  }
}

// Neither of the address (5.1.x) nor of the mailbox (5.2.x): the sender may be meant (RFC 3463 §3).
function isSuspect({ enhancedCode = '' }: Attempt): boolean {
  return !/^5\.[12]\./.test(enhancedCode)
}

function codesOf({ code, enhancedCode }: Attempt): string {
  return `${code ?? ''} ${enhancedCode ?? ''}`
}

// Ids and counters differ from reply to reply; the beginning of a long one is enough to know it by.
function wordsOf(attempt: Attempt): string {
  return `${codesOf(attempt)} ${attempt.text.slice(0, MAX_COMPARED).replaceAll(/[\w-]*\d[\w-]*/g, '#')}`
}
