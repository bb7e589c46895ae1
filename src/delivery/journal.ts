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
  /** More that belongs into the transaction of a transition: suppressing an address. */
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

export function openJournal(options: JournalOptions): Journal {
  let counts = options.counts
  let queued: Entry[] = []
  let writing: Promise<void> | undefined
  let failure: { readonly error: unknown } | undefined
  let activeSinceMs: number | undefined
  const unsaved = new Set<Transition>()

  const drop = (entries: readonly Entry[], error: unknown) => {
    for (const { reject } of entries) reject(error)
  }
  const commit = async (entries: readonly Entry[]) => {
    const nowMs = performance.now()
    const activeMs = activeSinceMs === undefined ? 0 : nowMs - activeSinceMs
    activeSinceMs = nowMs
    const transitions = entries.map(({ transition }) => transition)
    const { changes, state } = await options.db.transaction(
      async (tx) => await writeGroup(tx, options, transitions, activeMs),
    )
    counts = changeCounts(counts, changes)
    for (const { transition, resolve } of entries) {
      unsaved.delete(transition)
      resolve()
    }
    options.onCommit(counts)
    options.onState(state)
  }
  const work = async () => {
    // Whatever is asked for in this turn of the event loop goes into one group.
    await new Promise((resolve) => setImmediate(resolve))
    while (queued.length > 0) {
      const entries = queued
      queued = []
      if (failure) {
        drop(entries, failure.error)
        continue
      }
      try {
        await commit(entries)
      } catch (error) {
        failure = { error }
        drop(entries, error)
        options.onFailure(error)
      }
    }
    writing = undefined
  }
  return {
    write: async (transition) => {
      await new Promise<void>((resolve, reject) => {
        unsaved.add(transition)
        queued.push({ transition, resolve, reject })
        writing ??= work()
      })
    },
    counts: () => counts,
    isWriting: () => writing !== undefined,
    lost: () => [...unsaved],
    flush: async () => await writing,
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
  for (const transition of transitions) await also(tx, transition)
  await addCounts(tx, runKey, changes, activeMs)
  return { changes, state }
}
