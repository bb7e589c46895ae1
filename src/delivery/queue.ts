/**
 * Which delivery is next. Pending ones come in the order of their key behind a cursor, those that were put
 * behind the others (putBack) after them; deferred ones when they are due, before the others. Nothing is
 * written when one is taken: the lock keeps other processes away, this memory keeps two loops of this one from taking
 * the same.
 *
 * Where groups of recipients are limited, a delivery whose group must wait is passed over for the first one whose group
 * need not; it keeps its place. So many of each group are kept in memory; of the rest only the place of the first one is
 * noted (its backlog), and the ledger is gone through once more from there when the group can use them.
 */
import type { Clock } from '../base/index.ts'
import type { Queries } from '../db/index.ts'
import { BATCH, END, openSource, type Place, START } from './source.ts'
import type { Claim } from './transitions.ts'

/** Hands out deliveries of one run. */
export interface Queue {
  /** @returns undefined when there is nothing to do right now. */
  take(): Promise<Claim | undefined>
  /** It was not sent and is pending: it comes again, first. */
  giveBack(claim: Claim): void
  /** It was put back (putBack): it comes again, after all others. */
  postpone(claim: Claim): void
  /** What became of it is on the disk. */
  finish(claim: Claim): void
  /** How many were taken and are neither finished nor given back. */
  readonly taken: () => number
  /** Groups of those that were passed over. */
  readonly waiting: () => ReadonlySet<string>
  /** Number of changes after which `take` may have another answer. */
  readonly version: () => number
  /** Waits for a change after `version`, at most until the signal and so many milliseconds. */
  changed(version: number, signal: AbortSignal, ms: number): Promise<void>
  /** `take` may have another answer. */
  notify(): void
}

/** Limited groups of recipients. */
export interface Groups {
  /** The group of each reader that is in one. */
  find(readerKeys: readonly number[]): Promise<ReadonlyMap<number, string>>
  /** Whether a message of the group could go now. */
  isOpen(group: string): boolean
}

/** Of one group in memory, at most, besides those that were due or given back. */
const MAX_STOCK = 2 * BATCH
/** Batches that are read at a time without anybody else being heard. */
const BREATH = 8

/** @param groups - missing: no group is limited, and nothing is looked up. @param stop - ends looking for more. */
export function openQueue(db: Queries, runKey: number, clock: Clock, groups?: Groups, stop?: AbortSignal): Queue {
  const source = openSource(db, runKey, clock)
  const changes = createChanges()
  const shelves = createShelves(groups)
  const { known } = shelves
  let postponed: Claim[] = []
  let place: Place | undefined = START
  let filling: Promise<boolean> | undefined

  /** @returns whether there may be more than before. */
  const fill = async (): Promise<boolean> => {
    const due = await source.readDue(known)
    if (due.length > 0) {
      await shelves.add(due)
      return true
    }
    const hungry = shelves.findHungry()
    if (hungry) {
      const { claims, next } = await source.readPending(hungry.from, place ?? END)
      await shelves.addBacklog(hungry.group, claims, next)
      return true
    }
    if (!place) return false
    const { pass } = place
    const { claims, next } = await source.readPending(place, END)
    place = next
    await shelves.add(claims, pass)
    return claims.length > 0 || next !== undefined
  }
  const fillOnce = async () => await (filling ??= fill().finally(() => (filling = undefined)))
  return {
    take: async () => {
      if (shelves.findHungry()) await fillOnce()
      for (let round = 1; stop?.aborted !== true; round++) {
        const claim = shelves.pick()
        if (claim) return claim
        if (await fillOnce()) {
          if (round % BREATH === 0) await new Promise((resolve) => setImmediate(resolve))
        } else if (postponed.length > 0) {
          for (const last of postponed) shelves.putBack(last)
          postponed = []
        } else return undefined
      }
      return undefined
    },
    giveBack: (claim) => {
      shelves.putBack(claim)
      changes.notify()
    },
    postpone: (claim) => {
      postponed.push(claim)
      changes.notify()
    },
    finish: (claim) => {
      known.delete(claim.readerKey)
      changes.notify()
    },
    taken: () => known.size - shelves.size() - postponed.length,
    waiting: shelves.waiting,
    ...changes,
  }
}

/** The deliveries in memory: those that may go at once, and those of limited groups. */
function createShelves(groups: Groups | undefined) {
  /** Keys of all in memory, the ones that were taken among them. */
  const known = new Set<number>()
  const ready: Claim[] = []
  const stock = new Map<string, Claim[]>()
  /** Before the first of each group that is not in memory. */
  const backlog = new Map<string, Place>()
  const shelfOf = (group: string | undefined): Claim[] => {
    if (group === undefined) return ready
    const shelf = stock.get(group) ?? []
    stock.set(group, shelf)
    return shelf
  }
  const put = (claim: Claim, group: string | undefined, isFirst: boolean) => {
    known.add(claim.readerKey)
    const grouped = group === undefined || claim.group === group ? claim : { ...claim, group }
    if (isFirst) shelfOf(group).unshift(grouped)
    else shelfOf(group).push(grouped)
  }
  const findGroups = async (claims: readonly Claim[]) => await groups?.find(claims.map(({ readerKey }) => readerKey))
  return {
    known,
    pick: (): Claim | undefined => {
      if (!groups) return ready.shift()
      let shelf = ready
      for (const [group, other] of stock) {
        if (isBefore(other[0], shelf[0]) && groups.isOpen(group)) shelf = other
      }
      return shelf.shift()
    },
    /** @param pass - of pending ones; missing: they are due. */
    add: async (claims: readonly Claim[], pass?: Place['pass']): Promise<void> => {
      const found = await findGroups(claims)
      const isDue = pass === undefined
      // Each of those that are due goes before all others.
      for (const claim of isDue ? claims.toReversed() : claims) {
        // One that was put back a moment ago is met once more at the end of the ledger.
        if (known.has(claim.readerKey)) continue
        const group = found?.get(claim.readerKey)
        const isTooMany = group !== undefined && (backlog.has(group) || shelfOf(group).length >= MAX_STOCK)
        if (isDue || !isTooMany) put(claim, group, isDue)
        else if (!backlog.has(group)) backlog.set(group, { pass, key: claim.readerKey - 1 })
      }
    },
    /** A group of which nothing is in memory, and more in the ledger. */
    findHungry: (): { readonly group: string; readonly from: Place } | undefined => {
      for (const [group, from] of backlog) if (shelfOf(group).length === 0) return { group, from }
      return undefined
    },
    addBacklog: async (group: string, claims: readonly Claim[], next: Place | undefined): Promise<void> => {
      const found = await findGroups(claims)
      for (const claim of claims) {
        if (found?.get(claim.readerKey) === group && !known.has(claim.readerKey)) put(claim, group, false)
      }
      if (next) backlog.set(group, next)
      else backlog.delete(group)
    },
    putBack: (claim: Claim) => put(claim, claim.group, true),
    size: () => [...stock.values()].reduce((sum, shelf) => sum + shelf.length, ready.length),
    /** Groups that have some left. */
    waiting: (): ReadonlySet<string> =>
      new Set([...backlog.keys(), ...[...stock].flatMap(([group, shelf]) => (shelf.length > 0 ? [group] : []))]),
  }
}

/** Deferred ones come before pending ones, and those by key. */
function isBefore(one: Claim | undefined, other: Claim | undefined): boolean {
  if (!one || !other) return one !== undefined
  if (one.state !== other.state) return one.state === 'deferred'
  return one.readerKey < other.readerKey
}

/** Loops that wait for something to do. */
function createChanges(): Pick<Queue, 'version' | 'changed' | 'notify'> {
  const waiting = new Set<() => void>()
  let version = 0
  return {
    version: () => version,
    changed: async (since, signal, ms) => {
      if (signal.aborted || version !== since) return
      let wake: (() => void) | undefined
      const changed = new Promise<void>((resolve) => {
        wake = resolve
        waiting.add(resolve)
      })
      const timer = setTimeout(() => wake?.(), ms)
      const abort = () => wake?.()
      signal.addEventListener('abort', abort, { once: true })
      await changed
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      if (wake) waiting.delete(wake)
    },
    notify: () => {
      version++
      for (const wake of waiting) wake()
      waiting.clear()
    },
  }
}
