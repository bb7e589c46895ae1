/**
 * Group commit: everything queued since the last commit goes into one transaction, together with the counters and the
 * lock's beat. While one commit is on its way to the disk the next group gathers, so that the disk is never asked twice
 * for what one write can hold.
 *
 * After a commit that failed nothing is written any more: every `write` rejects, so no further dot goes out.
 */
import type { Clock } from '../base/index.ts'
import type { Database, Queries } from '../db/index.ts'
import { renewLock } from './lock.ts'
import type { RunState } from './runs.ts'
import type { Counts } from './states.ts'
import { addCounts, changeCounts, type Transition, writeTransitions } from './transitions.ts'

/** What a journal writes to. */
export interface JournalOptions {
  readonly db: Database
  readonly clock: Clock
  readonly runKey: number
  /** Of the lock. */
  readonly token: string
  /** As they are in the store. */
  readonly counts: Counts
  /** More that belongs into the transaction of a failure: suppressing an address. */
  readonly also: (tx: Queries, transition: Transition) => Promise<void>
  /** What the author wants of the run, as every commit finds it. */
  readonly onState: (state: RunState) => void
  /** @param counts - as they now stand on the disk. */
  readonly onCommit: (counts: Counts) => void
  /** Called once. */
  readonly onFailure: (error: unknown) => void
}

/** Writes transitions of one run. */
export interface Journal {
  /** @returns once it is on the disk. Rejects when it is not. */
  write(transition: Transition): Promise<void>
  /** As they stand on the disk. */
  readonly counts: () => Counts
  /** Whether a commit is on its way; it renews the lock as well. */
  readonly isWriting: () => boolean
  /** Transitions that did not reach the disk. */
  readonly lost: () => readonly Transition[]
  /** Waits until everything written is on the disk, or lost. */
  flush(): Promise<void>
  /** The time until the next commit is waiting, not sending. */
  rest(): void
}

interface Entry {
  readonly transition: Transition
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** A group gathers no longer, even when every turn of the event loop brings more. */
const GATHER_MS = 4
/** Results wait so long for a dot that needs a commit anyway; nobody waits for them. */
const RESULT_MS = 5

export function openJournal(options: JournalOptions): Journal {
  const { commit, counts, rest } = createWriter(options)
  const unsaved = new Set<Transition>()
  let queued: Entry[] = []
  let writing: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let failure: { readonly error: unknown } | undefined

  const writeQueued = async () => {
    const entries = queued
    queued = []
    try {
      if (failure) throw failure.error
      await commit(entries.map(({ transition }) => transition))
    } catch (error) {
      for (const { reject } of entries) reject(error)
      if (failure) return
      failure = { error }
      options.onFailure(error)
      return
    }
    for (const { transition, resolve } of entries) {
      unsaved.delete(transition)
      resolve()
    }
    options.onCommit(counts())
  }
  const work = async () => {
    while (queued.length > 0) {
      await gather(() => queued.length)
      await writeQueued()
    }
    writing = undefined
  }
  const start = async () => {
    clearTimeout(timer)
    timer = undefined
    // With nothing to write, work would end before it is assigned, and count as writing for ever.
    if (queued.length > 0) writing ??= work()
    await writing
  }
  return {
    write: async (transition) => {
      await new Promise<void>((resolve, reject) => {
        unsaved.add(transition)
        queued.push({ transition, resolve, reject })
        if (transition.to === 'handed') void start()
        else timer ??= setTimeout(() => void start(), RESULT_MS)
      })
    },
    counts,
    isWriting: () => writing !== undefined,
    lost: () => [...unsaved],
    flush: async () => await start(),
    rest,
  }
}

/** Waits while the event loop keeps bringing more: one write to the disk then holds what all connections need. */
async function gather(count: () => number): Promise<void> {
  const untilMs = performance.now() + GATHER_MS
  let before: number
  do {
    before = count()
    await new Promise((resolve) => setImmediate(resolve))
  } while (count() > before && performance.now() < untilMs)
}

/** Writes groups and keeps the counters. */
function createWriter(options: JournalOptions) {
  let counts = options.counts
  let activeSinceMs: number | undefined
  return {
    counts: () => counts,
    commit: async (transitions: readonly Transition[]): Promise<void> => {
      const nowMs = performance.now()
      const activeMs = activeSinceMs === undefined ? 0 : nowMs - activeSinceMs
      activeSinceMs = nowMs
      const { changes, state } = await options.db.transaction(
        async (tx) => await writeGroup(tx, options, transitions, activeMs),
      )
      counts = changeCounts(counts, changes)
      options.onState(state)
    },
    rest: () => {
      activeSinceMs = undefined
    },
  }
}

async function writeGroup(
  tx: Queries,
  { runKey, token, clock, also }: JournalOptions,
  transitions: readonly Transition[],
  activeMs: number,
) {
  const now = clock.now()
  const state = await renewLock(tx, runKey, token, now)
  const changes = await writeTransitions(tx, runKey, transitions, now)
  for (const transition of transitions) if (transition.to === 'failed') await also(tx, transition)
  await addCounts(tx, runKey, changes, activeMs)
  return { changes, state }
}
