import type { Address } from '../base/index.ts'
import type { Queries, SqlValue } from '../db/index.ts'
import type { Attempt } from '../transport/index.ts'
import { type Counts, type DeliveryState, encodeState } from './states.ts'

/** One delivery as its runner holds it. */
export interface Claim {
  readonly readerKey: number
  readonly state: DeliveryState
  readonly attempts: number
  /** The limited group of its recipient. */
  readonly group?: string
  /** Of the first try; missing before it. It is the message's Date. */
  readonly firstAt?: Date
}

/** One arrow of states.ts, ready to be written. */
export interface Transition {
  readonly claim: Claim
  readonly from: DeliveryState
  readonly to: DeliveryState
  /** Tries that this one adds: 1, 0, or -1 for one taken back. */
  readonly tries: -1 | 0 | 1
  readonly firstAt: Date | null
  readonly nextAt: Date | null
  /** Whom the try was for; never written to the ledger. */
  readonly email?: Address
  /** The reply; plain acceptance is not kept in the attempts. */
  readonly attempt?: Attempt
  /** Why, when there is no reply. */
  readonly note?: SkipReason | 'not-composed' | 'given-up' | 'refused' | 'broken-off'
}

/** Why somebody of the frozen audience gets nothing. */
export type SkipReason = 'unsubscribed' | 'suppressed' | 'forgotten' | 'cancelled'

const START = { tries: 1, nextAt: null } as const
const END = { tries: 0, nextAt: null, firstAt: null } as const

/** 354 has arrived. Committed before the final dot. @param firstAt - the message's Date. */
export function hand(claim: Claim, firstAt: Date): Transition {
  return { claim, from: claim.state, to: 'handed', ...START, firstAt }
}

/** The server took it. */
export function accept(claim: Claim, attempt: Attempt): Transition {
  return { claim, from: 'handed', to: 'accepted', ...END, attempt }
}

/** The server will take it later: after RCPT or DATA (`from` as claimed), or after the dot (`handed`). */
export function defer(claim: Claim, from: 'handed' | 'claimed', attempt: Attempt, at: Moments): Transition {
  return { ...refuse(claim, from, attempt, at.firstAt), to: 'deferred', nextAt: at.nextAt }
}

/** The server will never take it, or it was tried long enough. */
export function fail(claim: Claim, from: 'handed' | 'claimed', attempt: Attempt, firstAt: Date): Transition {
  return { ...refuse(claim, from, attempt, firstAt), to: 'failed' }
}

/** No message could be made for this reader. */
export function failUncomposed(claim: Claim): Transition {
  return { claim, from: claim.state, to: 'failed', ...END, note: 'not-composed' }
}

/** The dot went out and no reply came. */
export function markUnknown(claim: Claim, attempt: Attempt): Transition {
  return { claim, from: 'handed', to: 'unknown', ...END, attempt }
}

/** Handed, and the connection was lost before the dot: certainly not sent. The try does not count, nor does its time. */
export function takeBack({ firstAt, ...claim }: Claim): Transition {
  const before = claim.attempts > 0 && firstAt ? { ...claim, firstAt } : claim
  return { claim: before, from: 'handed', to: 'pending', ...END, tries: -1 }
}

/** The server is the problem, or may be: it refused this one as everybody else. Tried again after the others. */
export function putBack(claim: Claim, attempt?: Attempt): Transition {
  return { claim, from: claim.state, to: 'pending', ...END, ...(attempt ? { attempt } : {}), note: 'refused' }
}

/** Not to be mailed any more. */
export function skip(claim: Claim, note: SkipReason): Transition {
  return { claim, from: claim.state, to: 'skipped', ...END, note }
}

interface Moments {
  readonly firstAt: Date
  readonly nextAt: Date
}

function refuse(claim: Claim, from: 'handed' | 'claimed', attempt: Attempt, firstAt: Date): Omit<Transition, 'to'> {
  return from === 'handed'
    ? { claim, from: 'handed', ...END, attempt }
    : { claim, from: claim.state, ...START, firstAt, attempt }
}

// Without a try that counts there is no first one.
const MOVE = `UPDATE deliveries
  SET state = ?, attempts = attempts + ?, first_at = CASE WHEN attempts + ? > 0 THEN coalesce(first_at, ?) END, next_at = ?, at = ?, code = ?, note = ?
  WHERE run_key = ? AND reader_key = ? AND state = ?`

const KEEP_ATTEMPT = `INSERT INTO attempts (run_key, reader_key, number, at, kind, fault, code, enhanced_code, reply)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** How counters of a run change. */
export type CountChanges = Readonly<Partial<Record<DeliveryState, number>>>

/**
 * Writes transitions; at most one per delivery.
 *
 * @returns how the counts change.
 * @throws TypeError when a row is not in the state it should come from: nothing may be sent on.
 */
export async function writeTransitions(
  tx: Queries,
  runKey: number,
  transitions: readonly Transition[],
  now: Date,
): Promise<CountChanges> {
  const moved = await tx.runEach(
    MOVE,
    transitions.map((transition) => toRow(runKey, transition, now)),
  )
  if (moved !== transitions.length) {
    throw new TypeError(`${transitions.length - moved} deliveries of run ${runKey} are in another state than expected`)
  }
  const attempts = transitions.flatMap((transition) => toAttemptRow(runKey, transition, now))
  if (attempts.length > 0) await tx.runEach(KEEP_ATTEMPT, attempts)
  const changes: Partial<Record<DeliveryState, number>> = {}
  for (const { from, to } of transitions) {
    changes[from] = (changes[from] ?? 0) - 1
    changes[to] = (changes[to] ?? 0) + 1
  }
  return changes
}

function toRow(runKey: number, transition: Transition, now: Date): SqlValue[] {
  const { claim, from, to, tries, firstAt, nextAt, attempt, note } = transition
  return [
    encodeState(to),
    tries,
    tries,
    firstAt,
    nextAt,
    now,
    attempt?.code ?? null,
    note ?? null,
    runKey,
    claim.readerKey,
    encodeState(from),
  ]
}

function toAttemptRow(runKey: number, { claim, to, attempt }: Transition, now: Date): SqlValue[][] {
  if (!attempt || to === 'accepted') return []
  return [[runKey, claim.readerKey, claim.attempts + 1, now, ...toReply(attempt)]]
}

/** Keeps what the server said of deliveries that stay as they are. */
export async function keepAttempts(tx: Queries, runKey: number, told: readonly Told[], now: Date): Promise<void> {
  await tx.runEach(
    KEEP_ATTEMPT,
    told.map(({ claim, attempt }) => [runKey, claim.readerKey, claim.attempts + 1, now, ...toReply(attempt)]),
  )
}

interface Told {
  readonly claim: Claim
  readonly attempt: Attempt
}

function toReply({ kind, fault, code, enhancedCode, text }: Attempt): SqlValue[] {
  return [kind, fault ?? null, code ?? null, enhancedCode ?? null, text]
}

/** Keeps what the server said when it was not about one delivery. */
export async function keepServerAttempt(tx: Queries, runKey: number, attempt: Attempt, now: Date): Promise<void> {
  await tx.run(KEEP_ATTEMPT, [runKey, null, null, now, ...toReply(attempt)])
}

/** Adds changes to the counters of a run. */
export async function addCounts(tx: Queries, runKey: number, changes: CountChanges, activeMs: number): Promise<void> {
  const { handed = 0, accepted = 0, deferred = 0, failed = 0, unknown = 0, skipped = 0 } = changes
  await tx.run(
    `UPDATE runs SET handed = handed + ?, accepted = accepted + ?, deferred = deferred + ?, failed = failed + ?,
      unknown = unknown + ?, skipped = skipped + ?, active_ms = active_ms + ? WHERE key = ?`,
    [handed, accepted, deferred, failed, unknown, skipped, Math.round(activeMs), runKey],
  )
}

/** Counts with changes applied. */
export function changeCounts(counts: Counts, changes: CountChanges): Counts {
  const next = { ...counts }
  for (const [state, by] of Object.entries(changes)) next[state as DeliveryState] += by
  return next
}
