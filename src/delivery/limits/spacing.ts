/**
 * The moments this process holds, and when the next may be used. A late one moves none of the others, so lost time is
 * made good; but never more than the limit are used in any second (a log of the last releases), and those made good come
 * at twice the pace at most.
 */
import type { Grant } from './store.ts'
import { lateMsOf } from './turns.ts'

/** A grant in milliseconds of the local clock, which never goes back. */
export type LocalGrant = Omit<Grant, 'count'> & { readonly count: number }

/** Leave to send one message. */
export interface Leave {
  readonly grant: LocalGrant
  /** When it was given. */
  readonly atMs: number
}

/** Moments that were not used in time. */
export interface Dropped {
  readonly grant: LocalGrant
  readonly count: number
}

export interface Spacing {
  add(grant: LocalGrant): void
  /** Forgets moments that passed, or all of them. @returns them. */
  drop(nowMs: number, all?: boolean): Dropped[]
  /** When the next may be used; Infinity when none is held. */
  nextMs(): number
  /** Uses the next. */
  take(nowMs: number): Leave
  /** It goes over the wire only now: the seconds it counts in begin later. */
  depart(leave: Leave, nowMs: number): void
  /** How many are held. */
  held(): number
}

interface Held {
  readonly grant: LocalGrant
  used: number
}

/** @param perSecond - missing: without a limit per second. */
export function createSpacing(perSecond: number | undefined): Spacing {
  const queue: Held[] = []
  const releases = createLog(perSecond)
  const lateMs = perSecond === undefined ? Infinity : lateMsOf(perSecond)
  const momentOf = ({ grant, used }: Held) => grant.startMs + used * grant.spacingMs
  return {
    add: (grant) => void queue.push({ grant, used: 0 }),
    drop: (nowMs, all = false) => {
      const dropped: Dropped[] = []
      for (let head = queue[0]; head; head = queue[0]) {
        const { grant } = head
        const isOver = all || nowMs > grant.untilMs
        const missed = grant.isShared ? Math.ceil((nowMs - lateMs - momentOf(head)) / grant.spacingMs) : 0
        const left = grant.count - head.used
        const count = isOver ? left : Math.min(left, Math.max(0, missed))
        if (count > 0) dropped.push({ grant, count })
        head.used += count
        if (head.used < grant.count) break
        queue.shift()
      }
      return dropped
    },
    nextMs: () => {
      const head = queue[0]
      return head ? Math.max(momentOf(head), releases.freeMs(head.grant.spacingMs / 2)) : Infinity
    },
    take: (nowMs) => {
      const head = queue[0]
      if (!head) throw new TypeError('no moment is held')
      releases.add(nowMs)
      if (++head.used === head.grant.count) queue.shift()
      return { grant: head.grant, atMs: nowMs }
    },
    depart: ({ atMs }, nowMs) => releases.move(atMs, nowMs),
    held: () => queue.reduce((sum, { grant, used }) => sum + grant.count - used, 0),
  }
}

/** Messages that leave a second apart may arrive nearer to each other. */
const MARGIN = 1.005
/** Timers fire each millisecond or so: what is made good is told from what is only late over this many. */
const SMOOTH_MS = 20

interface Log {
  add(nowMs: number): void
  /** What was added for `atMs` happens only now. */
  move(atMs: number, nowMs: number): void
  freeMs(gapMs: number): number
}

/** The last releases of a second; for limits that are no whole number, of the time that the next whole number takes. */
function createLog(perSecond: number | undefined): Log {
  if (perSecond === undefined) return { add: () => undefined, move: () => undefined, freeMs: () => -Infinity }
  const size = Math.ceil(perSecond)
  const spanMs = (size / perSecond) * 1000 * MARGIN
  const few = Math.min(size, Math.max(1, Math.round((perSecond * SMOOTH_MS) / 1000)))
  /** Ascending. */
  const log: number[] = []
  const before = (count: number) => log[log.length - count] ?? -Infinity
  const add = (nowMs: number) => {
    log.push(nowMs)
    if (log.length > size) log.shift()
  }
  return {
    add,
    move: (atMs, nowMs) => {
      const at = log.lastIndexOf(atMs)
      if (at >= 0) log.splice(at, 1)
      add(nowMs)
    },
    freeMs: (gapMs) => Math.max(before(size) + spanMs, before(few) + few * gapMs),
  }
}
