/**
 * The send loop: one async loop for each connection takes a delivery, waits for its moment, looks its reader up, makes
 * the message, hands it to the transport and writes what came of it. See states.ts for the states, journal.ts for when
 * they are on the disk.
 *
 * Everything ends the same way: nothing new is taken, what is in flight ends (or is cut after `drainMs`), what is known
 * is written. Taking and releasing the lock is the caller's.
 */
import { AppError } from '../base/index.ts'
import type { Attempt } from '../transport/index.ts'
import { createDoubt, type Doubt } from './doubt.ts'
import { type Journal, openJournal } from './journal.ts'
import { BEAT_MS, renewLock } from './lock.ts'
import { createPause, type Pass, type Pause, sleep } from './pause.ts'
import { findNextDue, openQueue, type Queue } from './queue.ts'
import { createRateLimit, type RateLimit } from './rate-limit.ts'
import type { RunEnd, RunResult, SendRunOptions } from './send-types.ts'
import { isBadAddress, isLasting, settle } from './settle.ts'
import type { Counts } from './states.ts'
import {
  type Claim,
  fail,
  failUncomposed,
  hand,
  keepServerAttempt,
  skip,
  takeBack,
  type Transition,
} from './transitions.ts'

/** How often a loop without work looks whether another one gave something back. */
const IDLE_MS = 10
/** More deliveries in doubt than this, and than the share of the run's readers, stop it. */
const MAX_UNKNOWN = 20
const MAX_UNKNOWN_SHARE = 0.05
/** To write what was cut. */
const LATE_MS = 1000
const LOCKED = 'db/locked'

/** What the loops of one run share. */
interface Loops extends SendRunOptions {
  readonly journal: Journal
  readonly queue: Queue
  readonly limit: RateLimit
  readonly pause: Pause
  readonly doubt: Doubt
  readonly flight: { count: number }
  readonly unknowns: { count: number; readonly max: number }
  /** Whether it was waited for in vain: it is not waited for again. */
  readonly store: { isLocked: boolean }
  readonly failStore: (error: unknown) => void
  /** Aborted by the caller's signal and by everything else that ends the run. */
  readonly stop: AbortSignal
  /** The first reason counts. */
  readonly end: (reason: RunEnd) => void
}

/** Sends what is left of a frozen run. Throws nothing: how it ended is in the result. */
export async function sendRun(options: SendRunOptions): Promise<RunResult> {
  const stopping = new AbortController()
  let reason: RunEnd | undefined
  const end = (why: RunEnd) => {
    reason ??= why
    stopping.abort()
  }
  const loops = createLoops(options, stopping.signal, end)
  const interrupt = () => {
    end({ kind: 'interrupted' })
    options.onEvent({ kind: 'stopping', inFlight: loops.flight.count, drainMs: options.drainMs })
  }
  options.signal.addEventListener('abort', interrupt, { once: true })
  if (options.signal.aborted) interrupt()
  const stopBeat = startBeat(loops)
  const timers: NodeJS.Timeout[] = []
  const late = new Promise<'late'>((resolve) => {
    const hurry = () => {
      timers.push(setTimeout(() => options.transport.destroy(), options.drainMs))
      timers.push(setTimeout(() => resolve('late'), options.drainMs + LATE_MS))
    }
    if (stopping.signal.aborted) hurry()
    else stopping.signal.addEventListener('abort', hurry, { once: true })
  })
  const sending = sendRounds(loops)
    .then(end, (error: unknown) => end({ kind: 'failed', error }))
    .then(async () => {
      await stopBeat()
      await loops.journal.flush()
    })
  const isLate = (await Promise.race([sending, late])) === 'late'
  void stopBeat()
  timers.forEach(clearTimeout)
  options.signal.removeEventListener('abort', interrupt)
  const unsaved = loops.journal.lost().filter(({ to }) => to !== 'handed').length
  const isStuck = isLate || loops.store.isLocked
  return { end: reason ?? { kind: 'done' }, counts: loops.journal.counts(), unsaved, isStuck }
}

function createLoops(options: SendRunOptions, stop: AbortSignal, end: (reason: RunEnd) => void): Loops {
  const nowMs = () => performance.now()
  const { db, clock, runKey, token, counts, readers } = options
  const store = { isLocked: false }
  const failStore = (error: unknown) => {
    store.isLocked ||= error instanceof AppError && error.code === LOCKED
    end({ kind: 'failed', error })
  }
  return {
    ...options,
    journal: openJournal({
      db,
      clock,
      runKey,
      token,
      counts,
      also: async (tx, { to, attempt, email }) => {
        if (to === 'failed' && email && attempt && isBadAddress(attempt)) await readers.suppress(tx, email, attempt)
      },
      onCommit: (now) => options.onEvent({ kind: 'progress', counts: now }),
      onFailure: failStore,
    }),
    queue: openQueue(db, runKey, clock),
    limit: createRateLimit(options.perSecond, nowMs),
    pause: createPause(options.retry, nowMs),
    doubt: createDoubt(),
    flight: { count: 0 },
    unknowns: { count: 0, max: findMaxUnknown(counts) },
    store,
    failStore,
    stop,
    end,
  }
}

// Pauses keep them few when nothing gets through; this is for a server that takes some and loses some.
function findMaxUnknown(counts: Counts): number {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return Math.max(MAX_UNKNOWN, MAX_UNKNOWN_SHARE * total)
}

/** Keeps the lock while nothing is committed, until that fails. @returns ends it. */
function startBeat({ db, runKey, token, clock, journal, failStore }: Loops): () => Promise<void> {
  let beating: Promise<void> | undefined
  const beat = async () => {
    try {
      await db.transaction(async (tx) => await renewLock(tx, runKey, token, clock.now()))
    } catch (error) {
      clearInterval(timer)
      failStore(error)
    } finally {
      beating = undefined
    }
  }
  const timer = setInterval(() => {
    // Each would wait for a locked store in its turn.
    if (!journal.isWriting()) beating ??= beat()
  }, BEAT_MS)
  return async () => {
    clearInterval(timer)
    await beating
  }
}

/** Sends all that can be sent now, then waits for what is deferred, until nothing is left or the wait is over. */
async function sendRounds(loops: Loops): Promise<RunEnd> {
  let waitedMs = 0
  for (;;) {
    await Promise.all(Array.from({ length: loops.transport.connections }, async () => await sendLoop(loops)))
    if (!loops.stop.aborted || loops.doubt.isStopped()) for (const last of loops.doubt.releaseAll()) record(loops, last)
    await loops.journal.flush()
    loops.journal.rest()
    if (loops.stop.aborted) return { kind: 'interrupted' }
    const due = await findNextDue(loops.db, loops.runKey)
    if (!due) return { kind: 'done' }
    const leftMs = Math.max(0, due.getTime() - loops.clock.now().getTime())
    if (waitedMs + leftMs > loops.waitMs) return { kind: 'done', dueAt: due }
    waitedMs += leftMs
    if (leftMs > 0) loops.onEvent({ kind: 'waiting', until: due })
    if (!(await sleep(leftMs, loops.stop))) return { kind: 'interrupted' }
  }
}

/** One connection's loop; ends when nothing is left that another loop could give back. */
async function sendLoop(loops: Loops): Promise<void> {
  const { queue, pause, limit, doubt, stop, end } = loops
  try {
    while (!stop.aborted) {
      const claim = await queue.take()
      // What is in doubt is not given back before the others have ended.
      if (!claim && queue.taken() <= doubt.held()) return
      const pass = claim ? await pause.enter(stop) : undefined
      if (!claim) await sleep(IDLE_MS, stop)
      else if (!pass) queue.giveBack(claim)
      else {
        if ((await sleep(limit.reserve(), stop)) && pause.isValid(pass)) await deliver(loops, claim, pass)
        else queue.giveBack(claim)
        pause.leave(pass)
      }
    }
  } catch (error) {
    end({ kind: 'failed', error })
  }
}

async function deliver(loops: Loops, claim: Claim, pass: Pass): Promise<void> {
  const { readers, clock, transport, journal, queue, doubt, flight } = loops
  const reader = await readers.find(claim.readerKey)
  if (typeof reader === 'string') return record(loops, skip(claim, reader))
  const firstAt = claim.firstAt ?? clock.now()
  const message = await loops.compose(reader, firstAt)
  if (!message) return record(loops, failUncomposed(claim))
  let handing: Promise<void> | undefined
  flight.count++
  const attempt = await transport
    .send(message, { beforeFinalDot: async () => await (handing = journal.write(hand(claim, firstAt))) })
    .finally(() => flight.count--)
  // A verdict in the middle of the message can be here before the commit.
  await handing
  const settled = settle({ claim, attempt, isHanded: handing !== undefined, firstAt, now: clock.now() }, loops.retry)
  const heard = doubt.hear(attempt)
  for (const refusal of doubt.release()) record(loops, refusal)
  if (heard === 'stop') loops.end({ kind: 'refusals', attempt })
  if (settled === 'again') queue.giveBack(claim)
  else if (attempt.kind !== 'permanent') record(loops, { ...settled, email: message.envelope.to })
  else {
    const refused = handing ? ({ ...claim, state: 'pending', firstAt } as const) : claim
    // A definite no: while it is in doubt the delivery is as it was, also for who finds the ledger after a crash.
    if (handing) await journal.write(takeBack({ ...claim, firstAt }))
    doubt.hold({ ...fail(refused, 'claimed', attempt, firstAt), attempt, email: message.envelope.to })
  }
  await judgeServer(loops, attempt, pass)
}

// Not waited for: it goes into the next group. The journal tells when it fails, and the run ends.
function record({ journal, queue }: Loops, transition: Transition): void {
  const { claim } = transition
  journal.write(transition).then(
    () => {
      if (transition.to === 'pending') queue.giveBack({ ...transition.claim, state: 'pending' })
      else queue.finish(claim)
    },
    () => undefined,
  )
}

/** What a try tells of the server: whether to go on, to wait, or to stop. */
async function judgeServer(loops: Loops, attempt: Attempt, pass: Pass): Promise<void> {
  const { db, runKey, clock, pause, end, unknowns } = loops
  if (attempt.kind === 'unknown' && ++unknowns.count > unknowns.max) {
    end({ kind: 'unknowns', count: unknowns.count, attempt })
  }
  if (attempt.kind !== 'server' && attempt.kind !== 'unknown') pause.succeed()
  else if (isLasting(attempt)) end({ kind: 'server', attempt })
  else {
    const verdict = pause.fail(pass)
    if (verdict === 'known') return
    // An unknown one stands with its delivery.
    if (attempt.kind === 'server') await keepServerAttempt(db, runKey, attempt, clock.now())
    if (verdict === 'enough') end({ kind: 'server', attempt })
    else loops.onEvent({ kind: 'pause', attempt })
  }
}
