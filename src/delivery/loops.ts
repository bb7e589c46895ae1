import { AppError } from '../base/index.ts'
import { createDoubt, type Doubt } from './doubt.ts'
import { type Journal, openJournal } from './journal.ts'
import { createPace, type Pace } from './pace.ts'
import { openQueue, type Queue } from './queue.ts'
import { createRateLimit, type RateLimit } from './rate-limit.ts'
import type { RunState } from './runs.ts'
import type { RunEnd, SendRunOptions } from './send-types.ts'
import { isBadAddress } from './settle.ts'
import type { Counts } from './states.ts'

/** More deliveries in doubt than this, and than the share of the run's readers, stop it. */
const MAX_UNKNOWN = 20
const MAX_UNKNOWN_SHARE = 0.05
const LOCKED = 'db/locked'

/** What the loops of one run share. */
export interface Loops extends SendRunOptions {
  readonly journal: Journal
  readonly queue: Queue
  readonly limit: RateLimit
  readonly pace: Pace
  readonly doubt: Doubt
  readonly flight: { count: number }
  readonly unknowns: { count: number; readonly max: number }
  /** Whether it was waited for in vain: it is not waited for again. */
  readonly store: { isLocked: boolean }
  readonly failStore: (error: unknown) => void
  /** Ends the run when another process has paused or cancelled it. */
  readonly onState: (state: RunState) => void
  /** Aborted by the caller's signal and by everything else that ends the run. */
  readonly stop: AbortSignal
  /** The first reason counts. */
  readonly end: (reason: RunEnd) => void
}

export function createLoops(options: SendRunOptions, stop: AbortSignal, end: (reason: RunEnd) => void): Loops {
  const nowMs = () => performance.now()
  const { db, clock, runKey, token, counts, readers, retry, transport } = options
  const store = { isLocked: false }
  const failStore = (error: unknown) => {
    store.isLocked ||= error instanceof AppError && error.code === LOCKED
    end({ kind: 'failed', error })
  }
  const flight = { count: 0 }
  const onState = (state: RunState) => {
    if ((state !== 'paused' && state !== 'cancelled') || stop.aborted) return
    end({ kind: state })
    options.onEvent({ kind: 'halted', by: state, inFlight: flight.count })
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
      onState,
      onCommit: (now) => options.onEvent({ kind: 'progress', counts: now }),
      onFailure: failStore,
    }),
    queue: openQueue(db, runKey, clock),
    limit: createRateLimit(options.perSecond, nowMs),
    pace: createPace({ connections: transport.connections, retry, patienceMs: options.waitMs, runKey, nowMs }),
    doubt: createDoubt(),
    flight,
    unknowns: { count: 0, max: findMaxUnknown(counts) },
    store,
    failStore,
    onState,
    stop,
    end,
  }
}

// Pauses keep them few when nothing gets through; this is for a server that takes some and loses some.
function findMaxUnknown(counts: Counts): number {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return Math.max(MAX_UNKNOWN, MAX_UNKNOWN_SHARE * total)
}
