/**
 * Which delivery is next. Pending ones come in the order of their key behind a cursor, those that a server refused
 * together with everybody (putBack) after the others; deferred ones when they are due, before the others. Nothing is
 * written when one is taken: the lock keeps other processes away, this memory keeps two loops of this one from taking
 * the same.
 *
 * Where groups of recipients are limited, a delivery whose group must wait is passed over for the first one whose group
 * need not; it keeps its place.
 */
import type { Clock } from '../base/index.ts'
import type { Queries } from '../db/index.ts'
import { encodeState } from './states.ts'
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

const BATCH = 500
/** Passed over at most; a list that begins with so many of one provider waits for it. */
const MAX_PASSED = 10 * BATCH

/** Written out: the index deliveries_due is of these only, and SQLite does not see that in a parameter. */
const DUE = `state = ${encodeState('deferred')}`

interface Row {
  readonly reader_key: number
  readonly attempts: number
  readonly first_at: number | null
}

/** @param groups - missing: no group is limited, and nothing is looked up. */
export function openQueue(db: Queries, runKey: number, clock: Clock, groups?: Groups): Queue {
  const ready: Claim[] = []
  const held = new Set<number>()
  let last: Claim[] = []
  const source = openSource(db, runKey, clock)
  const changes = createChanges()
  let filling: Promise<boolean> | undefined

  /** @returns whether there are more than before. */
  const fill = async () => {
    const passed = groups ? new Set(ready.map(({ readerKey }) => readerKey)) : undefined
    const claims = await source.next((key) => held.has(key) || passed?.has(key) === true, held.size + ready.length)
    const found = await groups?.find(claims.map(({ readerKey }) => readerKey))
    const postponed = new Set(last.map(({ readerKey }) => readerKey))
    for (const claim of claims) {
      // What was put back a moment ago is met once more at the end of the ledger.
      if (held.has(claim.readerKey) || postponed.has(claim.readerKey)) continue
      const group = found?.get(claim.readerKey)
      ready.push(group === undefined ? claim : { ...claim, group })
    }
    return claims.length > 0
  }
  return {
    take: async () => {
      for (;;) {
        const claim = pick(ready, groups)
        if (claim) {
          held.add(claim.readerKey)
          return claim
        }
        if (ready.length >= MAX_PASSED) return undefined
        if (await (filling ??= fill().finally(() => (filling = undefined)))) continue
        if (last.length === 0) return undefined
        ready.push(...last)
        last = []
      }
    },
    giveBack: (claim) => {
      held.delete(claim.readerKey)
      ready.unshift(claim)
      changes.notify()
    },
    postpone: (claim) => {
      held.delete(claim.readerKey)
      last.push(claim)
      changes.notify()
    },
    finish: (claim) => {
      held.delete(claim.readerKey)
      changes.notify()
    },
    taken: () => held.size,
    waiting: () => new Set(ready.flatMap(({ group }) => (group === undefined ? [] : [group]))),
    ...changes,
  }
}

/** Takes the first whose group need not wait. */
function pick(ready: Claim[], groups?: Groups): Claim | undefined {
  if (!groups) return ready.shift()
  const open = new Map<string, boolean>()
  const isOpen = (group: string) => {
    const known = open.get(group) ?? groups.isOpen(group)
    open.set(group, known)
    return known
  }
  const at = ready.findIndex(({ group }) => group === undefined || isOpen(group))
  return at < 0 ? undefined : ready.splice(at, 1)[0]
}

/** The deliveries in the ledger, a batch at a time. */
function openSource(db: Queries, runKey: number, clock: Clock) {
  let cursor = -1
  /** Now the ones that were put back. */
  let isLastPass = false
  let hasMore = true
  const readDue = async (isKnown: (key: number) => boolean, known: number) => {
    const due = await db.all<Row>(
      `SELECT reader_key, attempts, first_at FROM deliveries
        WHERE run_key = ? AND ${DUE} AND next_at <= ? ORDER BY next_at LIMIT ?`,
      [runKey, clock.now(), BATCH + known],
    )
    return due.filter((row) => !isKnown(row.reader_key)).map((row) => toClaim(row, 'deferred'))
  }
  const readPending = async (): Promise<Claim[]> => {
    const rows = await db.all<Row>(
      `SELECT reader_key, attempts, first_at FROM deliveries
        WHERE run_key = ? AND reader_key > ? AND state = ? AND (coalesce(note, '') = 'refused') = ?
        ORDER BY reader_key LIMIT ?`,
      [runKey, cursor, encodeState('pending'), isLastPass, BATCH],
    )
    cursor = rows.at(-1)?.reader_key ?? cursor
    if (rows.length < BATCH) {
      hasMore = !isLastPass
      isLastPass = true
      cursor = -1
    }
    if (rows.length === 0 && hasMore) return await readPending()
    return rows.map((row) => toClaim(row, 'pending'))
  }
  return {
    /** @param known - how many `isKnown` knows at most. */
    next: async (isKnown: (key: number) => boolean, known: number): Promise<Claim[]> => {
      const due = await readDue(isKnown, known)
      return due.length > 0 || !hasMore ? due : await readPending()
    },
  }
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

function toClaim(row: Row, state: 'pending' | 'deferred'): Claim {
  const firstAt = row.first_at === null ? {} : { firstAt: new Date(row.first_at) }
  return { readerKey: row.reader_key, state, attempts: row.attempts, ...firstAt }
}

/** When the first deferred delivery is due. */
export async function findNextDue(db: Queries, runKey: number): Promise<Date | undefined> {
  const row = await db.get<{ due: number | null }>(
    `SELECT min(next_at) AS due FROM deliveries WHERE run_key = ? AND ${DUE}`,
    [runKey],
  )
  return row?.due === null || row?.due === undefined ? undefined : new Date(row.due)
}
