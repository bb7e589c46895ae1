import type { Database } from '../../db/index.ts'
import type { Limit, WindowName } from './limits.ts'
import { listWindows } from './limits.ts'
import { createSpacing, type Leave, type LocalGrant, type Spacing } from './spacing.ts'
import { type Ask, reserve, type Return, type ScopedReturn } from './store.ts'
import { spacingOf } from './turns.ts'

/** Where time comes from. */
export interface Timing {
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs: () => number
  /** Milliseconds since 1970, shared with other processes. */
  readonly epochMs: () => number
  /** Calls `work` after so many milliseconds. @returns cancels it. */
  readonly after: (ms: number, work: () => void) => () => void
}

/** A window that is full: nothing goes before `until`. */
export interface Closed {
  readonly limit: WindowName
  readonly most: number
  /** Missing: of everything. */
  readonly group?: string
  readonly until: Date
}

/** One limit, of everything or of a group: holds leave to send, and asks the store for more before it runs out. */
export interface Tap {
  /** Somebody wants to send, until `rest`. What is missed meanwhile is made good. */
  want(nowMs: number): void
  /** Nobody does. */
  rest(nowMs: number): void
  /** When the next message may go; Infinity while the store is asked. */
  nextMs(nowMs: number): number
  take(nowMs: number): Leave
  /** It goes over the wire only now, after whatever it waited for. */
  depart(leave: Leave, nowMs: number): void
  /** It was not sent after all. */
  giveBack(leave: Leave): void
  /** Asks for more where that is needed. @returns when there is an answer; undefined when nothing was asked. */
  refill(nowMs: number, waiting: number): Promise<void> | undefined
  /** The window that is full, once nothing is in hand any more. */
  readonly closed: () => Closed | undefined
  /** Nobody will send any more. @returns what is held, or was given back since the store was asked. */
  empty(): Promise<readonly ScopedReturn[]>
  /** Times the limit per second, from 1 down. */
  setPace(factor: number): void
}

/** Milliseconds' worth of messages that are asked for at a time. */
const BATCH_MS = 200
/** Without a limit per second. */
const BATCH = 200
/** After so long without anybody wanting to send nothing is made good; a group is asked about less often. */
const IDLE_MS = 1000
const GROUP_IDLE_MS = 2000

interface TapOptions {
  readonly db: Database
  readonly timing: Timing
  readonly owner: string
  /** Empty: of everything. */
  readonly scope: string
  readonly limit: Limit
}

interface State extends TapOptions {
  readonly windows: readonly (readonly [WindowName, number])[]
  readonly spacing: Spacing
  /** Missing without a limit per second. */
  readonly perSecond: number | undefined
  returns: Return[]
  unused: number
  /** Since when somebody wants to send. */
  wantedMs: number
  /** Since when nobody does. */
  restedMs: number | undefined
  pace: number
  isShared: boolean
  closed: (Closed & { readonly untilMs: number }) | undefined
  asking: Promise<void> | undefined
}

export function createTap(options: TapOptions): Tap {
  const { limit, scope, timing } = options
  const perSecond = limit.perSecond === 'unlimited' ? undefined : limit.perSecond
  const spacing = createSpacing(perSecond)
  const state: State = {
    ...options,
    windows: listWindows(limit),
    spacing,
    perSecond,
    returns: [],
    unused: 0,
    wantedMs: -Infinity,
    restedMs: -Infinity,
    pace: 1,
    isShared: false,
    closed: undefined,
    asking: undefined,
  }
  return {
    want: (nowMs) => {
      if (state.restedMs !== undefined && nowMs - state.restedMs > (scope === '' ? IDLE_MS : GROUP_IDLE_MS)) {
        state.wantedMs = nowMs
        drop(state, nowMs, true)
      }
      state.restedMs = undefined
    },
    rest: (nowMs) => {
      state.restedMs ??= nowMs
    },
    nextMs: (nowMs) => {
      drop(state, nowMs)
      return spacing.nextMs()
    },
    take: (nowMs) => spacing.take(nowMs),
    depart: (leave, nowMs) => spacing.depart(leave, nowMs),
    giveBack: ({ grant }) => giveBack(state, grant, 1),
    refill: (nowMs, waiting) => {
      // What is given back may open a window again.
      if (state.asking || (isFull(state, nowMs) && state.returns.length === 0)) return undefined
      const count = chooseCount(state, waiting)
      if (spacing.held() >= Math.max(1, count / 2)) return undefined
      state.asking = ask(state, count).finally(() => (state.asking = undefined))
      return state.asking
    },
    empty: async () => {
      await state.asking?.catch(() => undefined)
      drop(state, timing.nowMs(), true)
      return state.returns.splice(0).map((one) => ({ ...one, scope }))
    },
    closed: () => {
      const isUsedUp = spacing.held() === 0 && state.returns.length === 0 && !state.asking
      return isUsedUp && isFull(state, timing.nowMs()) ? state.closed : undefined
    },
    setPace: (factor) => {
      state.pace = factor
    },
  }
}

function isFull({ closed }: State, nowMs: number): boolean {
  return closed !== undefined && closed.untilMs > nowMs
}

function chooseCount({ perSecond, pace, isShared }: State, waiting: number): number {
  const batch = perSecond === undefined ? BATCH : Math.max(1, Math.floor((perSecond * pace * BATCH_MS) / 1000))
  // Where turns are taken, a moment that nobody here uses is lost to the others.
  return isShared ? Math.min(batch, Math.max(1, waiting)) : batch
}

function giveBack(state: State, { buckets }: LocalGrant, count: number): void {
  state.returns.push(...buckets.map(([window, bucket]) => ({ window, bucket, count })))
}

function drop(state: State, nowMs: number, all = false): void {
  for (const { grant, count } of state.spacing.drop(nowMs, all)) {
    giveBack(state, grant, count)
    if (!grant.isShared) state.unused += count
  }
}

async function ask(state: State, count: number): Promise<void> {
  // Messages that were just let go are on the wire first: a commit keeps the event loop until it is on the disk.
  await new Promise((resolve) => setImmediate(resolve))
  const { db, timing, scope, owner, windows, perSecond, pace } = state
  const epochMs = timing.epochMs()
  const offsetMs = epochMs - timing.nowMs()
  const question: Ask = {
    scope,
    owner,
    count,
    windows,
    returns: state.returns,
    unused: state.unused,
    nowMs: epochMs,
    wantedMs: state.wantedMs + offsetMs,
    ...(perSecond === undefined ? {} : { spacingMs: spacingOf(perSecond * pace) }),
  }
  state.returns = []
  state.unused = 0
  const answer = await db.transaction(async (tx) => await reserve(tx, question))
  state.closed = undefined
  if ('window' in answer) {
    const most = windows.find(([name]) => name === answer.window)?.[1] ?? 0
    const group = scope === '' ? {} : { group: scope }
    const until = new Date(answer.freeAtMs)
    state.closed = { limit: answer.window, most, until, untilMs: answer.freeAtMs - offsetMs, ...group }
    return
  }
  state.isShared = answer.isShared
  state.spacing.add({ ...answer, startMs: answer.startMs - offsetMs, untilMs: answer.untilMs - offsetMs })
}
