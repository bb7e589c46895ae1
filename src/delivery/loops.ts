import { AppError } from '../base/index.ts'
import { type BrokenOff, createBrokenOff } from './broken-off.ts'
import { createDoubt, type Doubt } from './doubt.ts'
import { type Journal, openJournal } from './journal.ts'
import { findGroup } from './limits/groups.ts'
import { createLimitDoubt, type LimitDoubt } from './limit-doubt.ts'
import { createLimiter, type Limiter } from './limits/limiter.ts'
import type { Closed } from './limits/tap.ts'
import { createPace, type Pace } from './pace.ts'
import { openQueue, type Queue } from './queue.ts'
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
  readonly limiter: Limiter
  readonly pace: Pace
  readonly doubt: Doubt
  readonly limitDoubt: LimitDoubt
  readonly brokenOff: BrokenOff
  readonly flight: { count: number }
  readonly unknowns: { count: number; readonly max: number }
  /** Whether the server said that it is used up. */
  readonly quota: { isMet: boolean }
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
  const limiter = createLimiter({
    db,
    limits: options.limits,
    timing: { nowMs, epochMs: () => clock.now().getTime(), after },
    onClosed: (closed) => {
      // Others may go on while one group waits.
      if (closed.group !== undefined || !endLimited(options, closed, end))
        options.onEvent({ kind: 'limited', ...closed })
    },
    onOpen: () => queue.notify(),
  })
  const queue = openQueue(db, runKey, clock, findGroups(options, limiter), stop)
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
    queue,
    limiter,
    pace: createPace({ connections: transport.connections, retry, patienceMs: options.waitMs, runKey, nowMs }),
    doubt: createDoubt(),
    limitDoubt: createLimitDoubt(),
    brokenOff: createBrokenOff(),
    flight,
    unknowns: { count: 0, max: findMaxUnknown(counts) },
    quota: { isMet: false },
    store,
    failStore,
    onState,
    stop,
    end,
  }
}

function after(ms: number, work: () => void): () => void {
  const timer = setTimeout(work, ms)
  return () => clearTimeout(timer)
}

function findGroups({ limits, readers }: SendRunOptions, limiter: Limiter) {
  if (limits.domains.size === 0) return undefined
  return {
    find: async (keys: readonly number[]) => {
      const domains = (await readers.findDomains?.(keys)) ?? new Map<number, string>()
      return new Map([...domains].flatMap(([key, domain]) => toEntry(key, findGroup(limits.domains, domain))))
    },
    isOpen: (group: string) => limiter.isOpen(group),
  }
}

function toEntry(key: number, group: string | undefined): [number, string][] {
  return group === undefined ? [] : [[key, group]]
}

/** Ends the run where a full window lasts longer than the wait. @returns whether it does. */
export function endLimited({ clock, waitMs }: SendRunOptions, closed: Closed, end: (reason: RunEnd) => void): boolean {
  if (closed.until.getTime() - clock.now().getTime() <= waitMs) return false
  end({ kind: 'limited', ...closed })
  return true
}

// Pauses keep them few when nothing gets through; this is for a server that takes some and loses some.
function findMaxUnknown(counts: Counts): number {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return Math.max(MAX_UNKNOWN, MAX_UNKNOWN_SHARE * total)
}
