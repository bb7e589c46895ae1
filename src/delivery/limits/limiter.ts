import { randomUUID } from 'node:crypto'
import type { Database } from '../../db/index.ts'
import { isFree, type Limits } from './limits.ts'
import type { Leave } from './spacing.ts'
import { returnUses } from './store.ts'
import { type Closed, createTap, type Tap, type Timing } from './tap.ts'

/** Leave to send one message. */
export interface Permit {
  readonly parts: readonly (readonly [Tap, Leave])[]
}

/** Spaces messages over all connections, runs and processes on one store. */
export interface Limiter {
  /**
   * Waits for the moment of one message.
   *
   * @param group - of its recipient; missing: not limited beyond the others.
   * @returns undefined when the signal came first, or when the group must wait longer than the others: whoever waits
   * for one group would keep a connection from the others. Rejects with what the store threw.
   */
  acquire(group: string | undefined, signal: AbortSignal): Promise<Permit | undefined>
  /** The message goes over the wire: what it waited for since, a connection or the processor, is over. */
  depart(permit: Permit): void
  /** The message certainly did not go out. */
  giveBack(permit: Permit): void
  /** Whether a message of a group could go now, as far as the group is concerned. */
  isOpen(group: string | undefined): boolean
  /** The window that keeps a group, or everything, waiting. */
  closed(group: string | undefined): Closed | undefined
  /** The server asked for less: 30 % off the limit per second, a sixteenth of it at least. */
  slowDown(): void
  /** One step back up. */
  recover(): void
  /** The server accepted a message; a hundred of them are a step. */
  succeed(): void
  /** No timer is left, and nobody waits. */
  close(): void
  /** Once closed: gives leave that nobody used back to the store. */
  settle(): Promise<void>
}

export interface LimiterOptions {
  readonly db: Database
  readonly limits: Limits
  readonly timing: Timing
  /** A window is full; told once for each time. */
  readonly onClosed: (closed: Closed) => void
  /** A group that was asked for is open. */
  readonly onOpen: () => void
}

interface Waiter {
  readonly group: string | undefined
  readonly resolve: (permit: Permit | undefined) => void
  readonly reject: (error: unknown) => void
}

const STEP = 0.7
const LEAST = 1 / 16
const STEP_AFTER = 100
/** What is due so soon counts as open. */
const SOON_MS = 20
/** Longest sleep of the timer. */
const MAX_SLEEP_MS = 60_000
const NOTHING: Permit = { parts: [] }

interface State extends LimiterOptions {
  /** Missing when nothing limits everything. */
  readonly all: Tap | undefined
  readonly groups: ReadonlyMap<string, Tap>
  /** In the order in which they came. */
  readonly waiters: Set<Waiter>
  /** Groups that were asked for while they were not open. */
  readonly wanted: Set<string>
  /** Until when a window was told to be full. */
  readonly told: Map<Tap, number>
  cancelTimer: (() => void) | undefined
  failure: { readonly error: unknown } | undefined
  isEnded: boolean
}

export function createLimiter(options: LimiterOptions): Limiter {
  const state = openState(options)
  const { all, groups, waiters } = state
  return {
    acquire: async (group, signal) => {
      if (state.failure) throw state.failure.error
      if (signal.aborted || !isOpen(state, group)) return undefined
      return all || tapOf(state, group) ? await enqueue(state, group, signal) : NOTHING
    },
    depart: ({ parts }) => {
      const nowMs = options.timing.nowMs()
      for (const [tap, leave] of parts) tap.depart(leave, nowMs)
    },
    giveBack: ({ parts }) => {
      for (const [tap, leave] of parts) tap.giveBack(leave)
      if (parts.length > 0) pump(state)
    },
    isOpen: (group) => isOpen(state, group),
    closed: (group) => (group === undefined ? all : tapOf(state, group))?.closed(),
    ...createBrake(all),
    close: () => {
      state.isEnded = true
      state.cancelTimer?.()
      for (const { resolve } of waiters) resolve(undefined)
      waiters.clear()
    },
    settle: async () => {
      const taps = all ? [all, ...groups.values()] : [...groups.values()]
      const left = (await Promise.all(taps.map(async (tap) => await tap.empty()))).flat()
      if (left.length > 0) await options.db.transaction(async (tx) => await returnUses(tx, left))
    },
  }
}

/** Whether one message of a group could go now, and nobody else of it waits. If not, it is told when one can. */
function isOpen(state: State, group: string | undefined): boolean {
  const tap = tapOf(state, group)
  if (!tap || group === undefined) return true
  const nowMs = state.timing.nowMs()
  if (countWaiting(state, group) === 0) {
    tap.want(nowMs)
    if (isSoon(tap, nowMs)) return true
  }
  state.wanted.add(group)
  pump(state)
  return false
}

function isSoon(tap: Tap, nowMs: number): boolean {
  return tap.nextMs(nowMs) <= nowMs + SOON_MS
}

/** How much of the limit per second is used. */
function createBrake(all: Tap | undefined): Pick<Limiter, 'slowDown' | 'recover' | 'succeed'> {
  let factor = 1
  let accepted = 0
  const set = (to: number) => {
    factor = Math.min(1, Math.max(LEAST, to))
    accepted = 0
    all?.setPace(factor)
  }
  return {
    slowDown: () => set(factor * STEP),
    recover: () => set(factor / STEP),
    succeed: () => {
      if (factor < 1 && ++accepted >= STEP_AFTER) set(factor / STEP)
    },
  }
}

function openState(options: LimiterOptions): State {
  const { db, limits, timing } = options
  const own = { db, timing, owner: randomUUID() }
  return {
    ...options,
    all: isFree(limits) ? undefined : createTap({ ...own, scope: '', limit: limits }),
    groups: new Map([...limits.domains].map(([scope, limit]) => [scope, createTap({ ...own, scope, limit })])),
    waiters: new Set(),
    wanted: new Set(),
    told: new Map(),
    cancelTimer: undefined,
    failure: undefined,
    isEnded: false,
  }
}

async function enqueue(state: State, group: string | undefined, signal: AbortSignal): Promise<Permit | undefined> {
  const { waiters, all, timing } = state
  let waiter: Waiter | undefined
  const abort = () => {
    if (waiter && waiters.delete(waiter)) waiter.resolve(undefined)
  }
  try {
    return await new Promise<Permit | undefined>((resolve, reject) => {
      waiter = { group, resolve, reject }
      waiters.add(waiter)
      const nowMs = timing.nowMs()
      all?.want(nowMs)
      tapOf(state, group)?.want(nowMs)
      signal.addEventListener('abort', abort, { once: true })
      pump(state)
    })
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** Lets go whoever may, asks for more where that is needed, and sleeps until the next moment. */
function pump(state: State): void {
  if (state.isEnded || state.failure) return
  const { all, groups, waiters, wanted, timing, onOpen } = state
  const nowMs = timing.nowMs()
  releaseAll(state, nowMs)
  if (all && waiters.size > 0) {
    refill(state, all, nowMs, waiters.size)
    tell(state, all)
  }
  for (const [name, tap] of groups) {
    if (tap.closed()) turnAway(state, name)
    const waiting = countWaiting(state, name)
    if (waiting > 0 || wanted.has(name)) {
      refill(state, tap, nowMs, Math.max(1, waiting))
      tell(state, tap)
    }
    if (waiting === 0 && wanted.has(name) && isSoon(tap, nowMs)) {
      wanted.delete(name)
      onOpen()
    }
  }
  sleep(state, nowMs)
}

function releaseAll(state: State, nowMs: number): void {
  const late = new Set<string | undefined>()
  for (const waiter of state.waiters) {
    if (isLate(state.all, nowMs)) return
    if (!late.has(waiter.group) && !release(state, waiter, nowMs)) late.add(waiter.group)
  }
}

function release(state: State, waiter: Waiter, nowMs: number): boolean {
  const { all, waiters } = state
  const group = tapOf(state, waiter.group)
  if (isLate(group, nowMs)) return false
  waiters.delete(waiter)
  const taps = [all, group].filter((tap) => tap !== undefined)
  waiter.resolve({ parts: taps.map((tap) => [tap, tap.take(nowMs)] as const) })
  if (waiters.size === 0) all?.rest(nowMs)
  if (waiter.group !== undefined && countWaiting(state, waiter.group) === 0) group?.rest(nowMs)
  return true
}

/** While they waited for the others, or for an answer of the store, their group closed. */
function turnAway({ waiters }: State, group: string): void {
  for (const waiter of waiters) {
    if (waiter.group === group && waiters.delete(waiter)) waiter.resolve(undefined)
  }
}

function isLate(tap: Tap | undefined, nowMs: number): boolean {
  return tap !== undefined && tap.nextMs(nowMs) > nowMs
}

function refill(state: State, tap: Tap, nowMs: number, waiting: number): void {
  tap
    .refill(nowMs, waiting)
    ?.then(() => pump(state))
    .catch((error: unknown) => {
      state.failure = { error }
      for (const { reject } of state.waiters) reject(error)
      state.waiters.clear()
    })
}

function tell({ told, onClosed, isEnded }: State, tap: Tap): void {
  const closed = tap.closed()
  if (!closed || isEnded || told.get(tap) === closed.until.getTime()) return
  told.set(tap, closed.until.getTime())
  onClosed(closed)
}

function sleep(state: State, nowMs: number): void {
  const { all, groups, waiters, wanted, timing } = state
  state.cancelTimer?.()
  state.cancelTimer = undefined
  const taps = [...groups].flatMap(([name, tap]) => (wanted.has(name) || countWaiting(state, name) > 0 ? [tap] : []))
  if (all && waiters.size > 0) taps.push(all)
  if (taps.length === 0) return
  const offsetMs = timing.epochMs() - nowMs
  const moments = taps.flatMap((tap) => [tap.nextMs(nowMs), (tap.closed()?.until.getTime() ?? Infinity) - offsetMs])
  const next = Math.min(...moments.map((moment) => moment - nowMs).filter((ms) => ms > 0), MAX_SLEEP_MS)
  state.cancelTimer = timing.after(Math.max(1, Math.ceil(next)), () => pump(state))
}

function tapOf({ groups }: State, group: string | undefined): Tap | undefined {
  return group === undefined ? undefined : groups.get(group)
}

function countWaiting({ waiters, groups }: State, group: string): number {
  if (groups.size === 0) return 0
  let count = 0
  for (const waiter of waiters) if (waiter.group === group) count++
  return count
}
