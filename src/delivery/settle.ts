import type { Attempt } from '../transport/index.ts'
import { planRetry } from './backoff.ts'
import type { RetryOptions } from './options.ts'
import { accept, type Claim, defer, fail, markUnknown, takeBack, type Transition } from './transitions.ts'

/** One try that is over. */
export interface Tried {
  readonly claim: Claim
  readonly attempt: Attempt
  /** Whether `handed` was committed for it. */
  readonly isHanded: boolean
  /** The message's Date. */
  readonly firstAt: Date
  readonly now: Date
}

/** What a try means for its delivery. `again`: nothing to write, the claim is pending as before. */
export type Settled = Transition | 'again'

/**
 * The one place where a reply becomes a state. Text is not looked at.
 *
 * @see RFC 5321 §4.2.1
 */
export function settle(tried: Tried, retry: RetryOptions): Settled {
  const { claim, attempt, isHanded, firstAt } = tried
  const from = isHanded ? 'handed' : 'claimed'
  switch (attempt.kind) {
    case 'accepted':
      return accept(claim, attempt)
    case 'permanent':
      return fail(claim, from, attempt, firstAt)
    case 'transient':
      return deferOrGiveUp(tried, from, retry)
    case 'unknown':
      // The dot is only written after the commit; without one the server made up its mind in the middle.
      return isHanded ? markUnknown(claim, attempt) : 'again'
    case 'server':
      if (!isHanded) return 'again'
      // With a reply it is a definite no to this message (421 to the dot); without one the dot was never written. What
      // would meet every other message as well is none to this one.
      return attempt.code === undefined || isLasting(attempt) || isLimit(attempt)
        ? takeBack({ ...claim, firstAt })
        : deferOrGiveUp(tried, 'handed', retry)
  }
}

/** Whether waiting cannot help: the run stops and its rows stay pending. */
export function isLasting({ fault }: Attempt): boolean {
  return fault === 'login' || fault === 'tls' || fault === 'sender' || fault === 'size'
}

/** Whether the server has had enough of this sender for now. */
export function isLimit({ fault }: Attempt): boolean {
  return fault === 'throttled' || fault === 'quota'
}

/**
 * Whether a refusal says that the address itself is bad, so that it is never mailed again: the codes 5.1.x of
 * RFC 3463 §3.2 that speak of the destination. A full mailbox (5.2.2), a policy (5.7.x) or a bare 550, which many servers
 * also give for policy, say nothing about the next issue; neither does 5.1.0, which names no reason.
 */
export function isBadAddress({ kind, enhancedCode = '' }: Attempt): boolean {
  return kind === 'permanent' && BAD_ADDRESS.has(enhancedCode)
}

const BAD_ADDRESS: ReadonlySet<string> = new Set(['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10'])

function deferOrGiveUp(
  { claim, attempt, firstAt, now }: Tried,
  from: 'handed' | 'claimed',
  retry: RetryOptions,
): Transition {
  const { readerKey, attempts } = claim
  const hintMs = attempt.retryAfterMs
  const nextAt = planRetry({ readerKey, attempts: attempts + 1, firstAt, now, hintMs }, retry)
  if (nextAt) return defer(claim, from, attempt, { firstAt, nextAt })
  return { ...fail(claim, from, attempt, firstAt), note: 'given-up' }
}
