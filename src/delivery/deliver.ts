import type { Attempt } from '../transport/index.ts'
import { endByQuota, judge } from './judge.ts'
import type { Limited } from './limit-doubt.ts'
import type { Permit } from './limits/limiter.ts'
import type { Loops } from './loops.ts'
import type { Pass } from './pace.ts'
import { settle } from './settle.ts'
import {
  type Claim,
  fail,
  failUncomposed,
  hand,
  keepAttempts,
  putBack,
  skip,
  takeBack,
  type Transition,
} from './transitions.ts'

/**
 * Makes one message, hands it on and writes what came of it.
 *
 * @returns whether it counts for the limits: the server took it, may have taken it, or refused this one.
 */
export async function deliver(loops: Loops, claim: Claim, pass: Pass, permit: Permit): Promise<boolean> {
  const { readers, clock, transport, journal, limitDoubt, limiter, flight } = loops
  const reader = await readers.find(claim.readerKey)
  if (typeof reader === 'string') return recordUnsent(loops, skip(claim, reader))
  const firstAt = claim.firstAt ?? clock.now()
  const message = await loops.compose(reader, firstAt)
  if (!message) return recordUnsent(loops, failUncomposed(claim))
  const begunAt = limitDoubt.begin()
  let handing: Promise<void> | undefined
  let hasBegun = false
  flight.count++
  const attempt = await transport
    .send(message, {
      onDepart: () => {
        hasBegun = true
        limiter.depart(permit)
      },
      beforeFinalDot: async () => await (handing = journal.write(hand(claim, firstAt))),
    })
    .finally(() => flight.count--)
  // A verdict in the middle of the message can be here before the commit.
  await handing
  const tried = { claim, attempt, firstAt, email: message.envelope.to, isHanded: handing !== undefined }
  const isSpent = attempt.kind !== 'server' && !isOurs(attempt)
  if (attempt.isToldOfOne) {
    await doubtLimit(loops, tried, pass)
    return isSpent
  }
  if (attempt.kind === 'accepted') for (const own of limitDoubt.accept(begunAt)) await conclude(loops, toOwn(own))
  const { isKept, left } = await conclude(loops, tried)
  const isOver = loops.stop.aborted
  await judge(loops, attempt, pass, { isKept, hasBegun })
  if (left) giveBack(loops, left, hasBegun ? { attempt, isEnd: loops.stop.aborted && !isOver } : undefined)
  return isSpent
}

/** It was not sent, and is pending or deferred as before. @param brokeOff - its message had begun. */
function giveBack(
  loops: Loops,
  claim: Claim,
  brokeOff: { readonly attempt: Attempt; readonly isEnd: boolean } | undefined,
): void {
  const behind = brokeOff && loops.brokenOff.hear(claim, brokeOff.attempt, brokeOff.isEnd)
  if (behind) record(loops, behind)
  else loops.queue.giveBack(claim)
}

/** Nothing was sent. */
function recordUnsent(loops: Loops, transition: Transition): false {
  record(loops, transition)
  return false
}

interface Told extends Limited {
  /** Whether `handed` was committed for it. */
  readonly isHanded: boolean
}

interface Concluded {
  /** Whether the attempt stands with its delivery. */
  readonly isKept: boolean
  /** It was certainly not sent, and nothing was said of it: it is to be given back. */
  readonly left?: Claim
}

/** Writes what a verdict means. */
async function conclude(loops: Loops, told: Told): Promise<Concluded> {
  const { clock, journal, doubt } = loops
  const { claim, attempt, firstAt, email, isHanded } = told
  const settled = settle({ claim, attempt, isHanded, firstAt, now: clock.now() }, loops.retry)
  const heard = isOurs(attempt) ? 'go' : doubt.hear(attempt)
  for (const refusal of doubt.release()) record(loops, refusal)
  if (heard === 'stop') loops.end({ kind: 'refusals', attempt })
  if (settled === 'again') return { isKept: false, left: claim }
  if (settled.to === 'pending') {
    await journal.write(settled)
    return { isKept: false, left: { ...settled.claim, state: 'pending' } }
  }
  if (attempt.kind !== 'permanent' || isOurs(attempt)) record(loops, { ...settled, email })
  else {
    const refused = isHanded ? ({ ...claim, state: 'pending', firstAt } as const) : claim
    // A definite no: while it is in doubt the delivery is as it was, also for who finds the ledger after a crash.
    if (isHanded) await journal.write(takeBack({ ...claim, firstAt }))
    doubt.hold({ ...fail(refused, 'claimed', attempt, firstAt), attempt, email })
  }
  return { isKept: settled.attempt !== undefined }
}

/** Slows down or ends when another reader met the same limit; those who did come after the others. */
async function doubtLimit(loops: Loops, { isHanded, ...told }: Told, pass: Pass): Promise<void> {
  const { claim, attempt, firstAt } = told
  if (isHanded) await loops.journal.write(takeBack({ ...claim, firstAt }))
  const met = loops.limitDoubt.hear(isHanded ? { ...told, claim: { ...claim, state: 'pending', firstAt } } : told)
  if (met.length === 0) return
  // What was said is kept once, as the server's word.
  for (const one of met) record(loops, putBack(one.claim))
  await judge(loops, attempt, pass, { isKept: false, hasBegun: true })
}

/** What is left to think of limits that only one reader met, once nothing else is left to send. */
export async function settleLimits(loops: Loops): Promise<void> {
  for (const told of loops.limitDoubt.empty()) {
    const { claim, attempt } = told
    if (attempt.kind === 'server' && attempt.fault === 'quota') {
      record(loops, putBack(claim))
      await endByQuota(loops, attempt)
    } else await conclude(loops, toOwn(told))
  }
}

/** The run stopped while some were in doubt: their deliveries are as before, and what the server said is kept. */
export async function keepDoubts({ db, runKey, clock, doubt, limitDoubt }: Loops): Promise<void> {
  const told = [...doubt.empty(), ...limitDoubt.empty()]
  if (told.length > 0) await db.transaction(async (tx) => await keepAttempts(tx, runKey, told, clock.now()))
}

/** The limit was the reader's: a refusal like others. */
function toOwn({ attempt, ...rest }: Limited): Told {
  const { fault: _, isToldOfOne: __, ...told } = attempt
  const kind = (attempt.code ?? 0) >= 500 ? 'permanent' : 'transient'
  return { ...rest, attempt: { ...told, kind }, isHanded: false }
}

/** Whether the refusal is not the server's: it offers nothing that could carry the message. There is nothing to doubt. */
function isOurs({ kind, code }: Attempt): boolean {
  return kind === 'permanent' && code === undefined
}

/** Not waited for: it goes into the next group. The journal tells when it fails, and the run ends. */
export function record({ journal, queue }: Loops, transition: Transition): void {
  const { claim } = transition
  journal.write(transition).then(
    () => {
      if (transition.to === 'pending') queue.postpone({ ...claim, state: 'pending' })
      else queue.finish(claim)
    },
    () => undefined,
  )
}
