/**
 * The send loop: one async loop for each connection takes a delivery, waits for its moment, looks its reader up, makes
 * the message, hands it to the transport and writes what came of it. See states.ts for the states, journal.ts for when
 * they are on the disk.
 *
 * Everything ends the same way: nothing new is taken, what is in flight ends (or is cut after `drainMs`), what is known
 * is written. Taking and releasing the lock is the caller's.
 */
import { deliver, keepDoubts, record, settleLimits } from './deliver.ts'
import { BEAT_MS, renewLock } from './lock.ts'
import { rebuildUses } from './limits/rebuild.ts'
import { recallRefusals, restAsTold } from './judge.ts'
import { createLoops, endLimited, type Loops } from './loops.ts'
import { findNextDue } from './source.ts'
import type { RunEnd, RunResult, SendRunOptions } from './send-types.ts'
import { sleep } from './sleep.ts'
import type { Claim } from './transitions.ts'
import { findWhoIsLeft } from './who-is-left.ts'

/** A loop without work is told when another one gave something back; this is for deliveries that become due. */
const IDLE_MS = 1000
/** To write what was cut. */
const LATE_MS = 1000
/** A due time that comes so soon after the last one told is not told again: each deferred delivery has its own. */
const TOLD_FOR_MS = 60_000

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
  loops.limiter.close()
  options.signal.removeEventListener('abort', interrupt)
  const unsaved = loops.journal.lost().filter(({ to }) => to !== 'handed').length
  const isStuck = isLate || loops.store.isLocked
  // What is not given back makes the limits stricter, no more.
  if (!isStuck) await loops.limiter.settle().catch(() => undefined)
  const ended = reason ?? { kind: 'done' }
  const told = isStuck ? ended : await findWhoIsLeft(loops, ended).catch(() => ended)
  return { end: told, counts: loops.journal.counts(), unsaved, isStuck }
}

/** Keeps the lock while nothing is committed, until that fails. @returns ends it. */
function startBeat({ db, runKey, token, clock, journal, failStore, onState }: Loops): () => Promise<void> {
  let beating: Promise<void> | undefined
  const beat = async () => {
    try {
      onState(await db.transaction(async (tx) => await renewLock(tx, runKey, token, clock.now())))
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
  const { readers, limits, clock } = loops
  await rebuildUses(loops.db, limits, clock.now(), async (keys) => (await readers.findDomains?.(keys)) ?? new Map())
  await restAsTold(loops)
  await recallRefusals(loops)
  let waitedMs = 0
  let toldMs = -Infinity
  for (;;) {
    await Promise.all(Array.from({ length: loops.transport.connections }, async () => await sendLoop(loops)))
    if (!loops.stop.aborted) await settleLimits(loops)
    if (!loops.stop.aborted || loops.doubt.isStopped()) for (const last of loops.doubt.releaseAll()) record(loops, last)
    if (loops.stop.aborted && !loops.store.isLocked) await keepDoubts(loops)
    await loops.journal.flush()
    loops.journal.rest()
    if (loops.stop.aborted) return { kind: 'interrupted' }
    const due = await findNextDue(loops.db, loops.runKey)
    if (!due) return { kind: 'done' }
    const leftMs = Math.max(0, due.getTime() - loops.clock.now().getTime())
    if (waitedMs + leftMs > loops.waitMs) return { kind: 'done', dueAt: due }
    waitedMs += leftMs
    if (leftMs > 0 && due.getTime() - toldMs > TOLD_FOR_MS) {
      toldMs = due.getTime()
      loops.onEvent({ kind: 'waiting', until: due })
    }
    if (!(await sleep(leftMs, loops.stop))) return { kind: 'interrupted' }
  }
}

/** One connection's loop; ends when nothing is left that another loop could give back. */
async function sendLoop(loops: Loops): Promise<void> {
  const { queue, doubt, limitDoubt, stop, end } = loops
  try {
    while (!stop.aborted) {
      const version = queue.version()
      const claim = await queue.take()
      if (claim) await sendOne(loops, claim)
      else {
        const groups = queue.waiting()
        // What is in doubt is not given back before the others have ended.
        const isLast = queue.taken() <= doubt.held() + limitDoubt.held()
        if (isLast && groups.size === 0) return
        if (isLast) endBlocked(loops, groups)
        await queue.changed(version, stop, IDLE_MS)
      }
    }
  } catch (error) {
    end({ kind: 'failed', error })
  } finally {
    queue.notify()
  }
}

/** Waits until it may go, and sends it. */
async function sendOne(loops: Loops, claim: Claim): Promise<void> {
  const { queue, pace, limiter, stop } = loops
  const pass = await pace.enter(stop)
  if (!pass) return queue.giveBack(claim)
  const permit = await limiter.acquire(claim.group, stop)
  const begun = permit ? pace.begin(pass) : undefined
  const isSpent = permit !== undefined && begun !== undefined && (await deliver(loops, claim, begun, permit))
  if (!begun) queue.giveBack(claim)
  if (permit && !isSpent) limiter.giveBack(permit)
  pace.leave(pass)
}

/** Ends the run when every group that is left must wait for longer than the wait. */
function endBlocked(loops: Loops, groups: ReadonlySet<string>): void {
  const closed = [...groups].map((group) => loops.limiter.closed(group))
  if (closed.length === 0 || closed.some((window) => window === undefined)) return
  const [first] = closed.flatMap((window) => window ?? []).sort((a, b) => a.until.getTime() - b.until.getTime())
  if (first) endLimited(loops, first, loops.end)
}
