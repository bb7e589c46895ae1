/**
 * Permanent refusals that are not believed yet. A relay that is set up wrongly answers `550 5.1.1` to everybody, and
 * nobody may be failed, let alone suppressed for good, because of that. So a refusal is only held here, in memory, until
 *
 * - the server accepts a message, or refuses one with other codes after it had accepted one: failed, and suppressed when
 *   the address is bad;
 * - nothing is left to send: failed, and suppressed only when this send had an acceptance;
 * - too many in a row were equal: put back to pending, and the run stops;
 * - the run stops for another reason, or the process dies: nothing was written, so they are pending, or deferred, as
 *   before, and the next send tries them again. The server certainly did not take them, so nobody is mailed twice.
 */
import type { Attempt } from '../transport/index.ts'
import { putBack, type Transition } from './transitions.ts'

/** Equal permanent refusals without one acceptance between them. */
const MAX_REFUSALS = 20

/** A delivery that the server refused for good, and what it said. */
export interface Refusal extends Transition {
  readonly attempt: Attempt
}

export interface Doubt {
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
}

export function createDoubt(): Doubt {
  let held: Refusal[] = []
  let key = ''
  let count = 0
  let hasAccepted = false
  let isBroken = false
  let isStopped = false
  const empty = () => {
    const all = held
    held = []
    isBroken = false
    return all
  }
  return {
    hear: (attempt) => {
      if (attempt.kind === 'accepted') {
        count = 0
        hasAccepted = true
        isBroken = true
      }
      if (attempt.kind !== 'permanent') return 'go'
      const said = `${attempt.code ?? ''} ${attempt.enhancedCode ?? ''}`
      if (said !== key && hasAccepted) isBroken = true
      count = said === key ? count + 1 : 1
      key = said
      isStopped ||= count >= MAX_REFUSALS
      return isStopped ? 'stop' : 'go'
    },
    hold: (refusal) => void held.push(refusal),
    held: () => held.length,
    isStopped: () => isStopped,
    release: () => (isBroken && !isStopped ? empty() : []),
    releaseAll: () => {
      if (isStopped) return empty().map(({ claim, attempt }) => putBack(claim, attempt))
      // Without the address nobody is suppressed.
      return empty().map(({ email, ...rest }) => (hasAccepted && email ? { ...rest, email } : rest))
    },
  }
}
