import type { Database } from '../../src/db/index.ts'
import { createLimiter, type Limiter } from '../../src/delivery/limits/limiter.ts'
import { type Limit, type Limits, NO_LIMITS } from '../../src/delivery/limits/limits.ts'
import type { Closed, Timing } from '../../src/delivery/limits/tap.ts'

/** 21 August 2026. */
export const START_MS = 1_787_292_000_000

/** Time that passes only when it is told to. */
export interface VirtualTime {
  /** @param lateMs - how late a timer fires; the same for all that are due by then. */
  timing(lateMs?: () => number): Timing
  readonly nowMs: () => number
  /** Lets so much time pass, timer by timer. */
  pass(ms: number): Promise<void>
}

interface Timer {
  readonly atMs: number
  readonly work: () => void
}

export function createVirtualTime(): VirtualTime {
  let nowMs = 0
  const timers = new Set<Timer>()
  const settle = async () => {
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
  }
  return {
    timing: (lateMs = () => 0) => ({
      nowMs: () => nowMs,
      epochMs: () => START_MS + nowMs,
      after: (ms, work) => {
        const timer = { atMs: nowMs + ms + lateMs(), work }
        timers.add(timer)
        return () => void timers.delete(timer)
      },
    }),
    nowMs: () => nowMs,
    pass: async (ms) => {
      const endMs = nowMs + ms
      await settle()
      for (;;) {
        const [next] = [...timers].filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs)
        if (!next) break
        timers.delete(next)
        nowMs = Math.max(nowMs, next.atMs)
        next.work()
        await settle()
      }
      nowMs = endMs
    },
  }
}

export function limitOf(limit: Partial<Limit>, domains: Record<string, Partial<Limit>> = {}): Limits {
  const { domains: none, ...free } = NO_LIMITS
  return {
    ...free,
    ...limit,
    domains: new Map([...none, ...Object.entries(domains).map(([name, own]) => [name, { ...free, ...own }] as const)]),
  }
}

/** A process that sends. */
export interface Sender {
  readonly limiter: Limiter
  /** Virtual milliseconds of each message that went out. */
  readonly sent: number[]
  readonly closed: Closed[]
  /** It dies: nothing is tidied up. */
  kill(): void
}

export interface SenderOptions {
  readonly db: Database
  readonly time: VirtualTime
  readonly limits: Limits
  readonly connections?: number
  readonly lateMs?: () => number
  /** How long a message that was let go waits before it departs: for a connection, for the processor. */
  readonly heldUpMs?: () => number
  /** How long a message is on its way. */
  readonly busyMs?: () => number
  readonly group?: string
}

/** Sends without end over all connections. */
export function startSender(options: SenderOptions): Sender {
  const { db, time, limits, connections = 20, lateMs, heldUpMs, busyMs = () => 5, group } = options
  const sent: number[] = []
  const closed: Closed[] = []
  const timing = time.timing(lateMs)
  const dead = new AbortController()
  const limiter = createLimiter({ db, limits, timing, onClosed: (one) => closed.push(one), onOpen: () => undefined })
  const loop = async () => {
    while (!dead.signal.aborted) {
      const permit = await limiter.acquire(group, dead.signal)
      if (!permit) return
      const ms = heldUpMs?.() ?? 0
      if (ms > 0) await new Promise<void>((resolve) => time.timing().after(ms, resolve))
      limiter.depart(permit)
      sent.push(time.nowMs())
      await new Promise<void>((resolve) => timing.after(busyMs(), resolve))
    }
  }
  for (let connection = 0; connection < connections; connection++) void loop()
  return {
    limiter,
    sent,
    closed,
    kill: () => {
      dead.abort()
      limiter.close()
    },
  }
}

/** The most in any window of so many milliseconds. */
export function findMost(times: readonly number[], windowMs: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  let most = 0
  let from = 0
  sorted.forEach((at, index) => {
    while ((sorted[from] ?? at) <= at - windowMs) from++
    most = Math.max(most, index - from + 1)
  })
  return most
}
