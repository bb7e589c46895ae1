import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Newsletter } from './newsletter.ts'
import type { Taken } from './receiver-types.ts'

/** What has been done to a send, and what may follow from it. */
export interface Story {
  /** Kills, fillings of the disk, locks: whatever was done. */
  faults: number
  /** At most so many deliveries may be in doubt. */
  maxUnknown: number
  /** Messages in the log when a reader was taken off the list while nobody was sending: none may follow. */
  readonly removed: Map<string, number>
  /** How often a reader was reported as in doubt before a `--unknown resend`: one message more for each. */
  readonly reported: Map<string, number>
}

export function newStory(): Story {
  return { faults: 0, maxUnknown: 0, removed: new Map(), reported: new Map() }
}

/** Counted at the receiving server and in the ledger. Everything below `unknownArrived` must be 0. */
export interface Verdict {
  readonly readers: number
  readonly faults: number
  /** Messages beyond each reader's first one. */
  readonly again: number
  readonly unknown: number
  /** Those in doubt whose message had come. */
  readonly unknownArrived: number
  /** Active readers without a row, with one that is not settled, or accepted without a message. */
  readonly lost: readonly string[]
  /** Mailed more often than once and one time for each resend by choice. */
  readonly twice: readonly string[]
  /** Mailed although they had left. */
  readonly suppressed: readonly string[]
  /** Failed, deferred or skipped in the ledger, and yet a message came. */
  readonly wrong: readonly string[]
  /** Duplicates with another Message-ID or body, and Message-IDs of two readers. */
  readonly differing: readonly string[]
  /** Sends that did not end, the run's counters that are not the number of its rows, and what SQLite finds. */
  readonly broken: readonly string[]
}

const SETTLED = new Set(['accepted', 'failed', 'unknown', 'skipped'])

export async function judge(newsletter: Newsletter, log: readonly Taken[], story: Story): Promise<Verdict> {
  const [status, states] = [await newsletter.status(), await newsletter.states()]
  const mails = groupByReader(log)
  const resent = (email: string) => story.reported.get(email) ?? 0
  const unknown = [...states].filter(([, state]) => state === 'unknown').map(([email]) => email)
  const isLost = (email: string) => {
    const state = states.get(email)
    if (state === undefined || state === 'skipped') return !story.removed.has(email)
    return !SETTLED.has(state) || (state === 'accepted' && !mails.has(email))
  }
  const isWrong = (email: string) =>
    ['failed', 'skipped', 'deferred', 'pending'].includes(states.get(email) ?? '') && resent(email) === 0
  const removedTooLate = [...story.removed].filter(([email, from]) =>
    log.slice(from).some(({ to }) => to.includes(email)),
  )
  return {
    readers: newsletter.audience.length,
    faults: story.faults,
    again: log.length - mails.size,
    unknown: unknown.length,
    unknownArrived: unknown.filter((email) => mails.has(email)).length,
    lost: newsletter.audience.filter(isLost),
    twice: [...mails].filter(([email, list]) => list.length > 1 + resent(email)).map(([email]) => email),
    suppressed: [...newsletter.left.filter((email) => mails.has(email)), ...removedTooLate.map(([email]) => email)],
    wrong: [...mails.keys()].filter(isWrong),
    differing: findDiffering(mails),
    broken: [...newsletter.stuck, ...findBadCounters(status, states), ...checkIntegrity(newsletter.root)],
  }
}

function groupByReader(log: readonly Taken[]): Map<string, Taken[]> {
  const mails = new Map<string, Taken[]>()
  for (const taken of log) {
    for (const email of taken.to) mails.set(email, [...(mails.get(email) ?? []), taken])
  }
  return mails
}

function findDiffering(mails: ReadonlyMap<string, readonly Taken[]>): string[] {
  const owners = new Map<string, string>()
  return [...mails].flatMap(([email, list]) => {
    const isShared = list.some(({ id, to }) => to.length !== 1 || (owners.get(id) ?? email) !== email)
    for (const { id } of list) owners.set(id, email)
    const isSame = new Set(list.map(({ id, sha }) => `${id} ${sha}`)).size === 1
    return isShared || !isSame ? [email] : []
  })
}

function findBadCounters(status: Readonly<Record<string, unknown>>, states: ReadonlyMap<string, string>): string[] {
  const counts: Record<string, number> = { total: states.size }
  for (const state of ['pending', 'handed', 'accepted', 'deferred', 'failed', 'unknown', 'skipped']) {
    counts[state] = [...states.values()].filter((one) => one === state).length
  }
  return Object.entries(counts).flatMap(([name, count]) =>
    status[name] === count ? [] : [`${name}: the run says ${String(status[name])}, there are ${count} rows`],
  )
}

function checkIntegrity(root: string): string[] {
  const db = new DatabaseSync(join(root, 'data/letterpress.db'))
  const rows = db.prepare('PRAGMA integrity_check').all()
  db.close()
  return rows.map((row) => String(row['integrity_check'])).filter((text) => text !== 'ok')
}

/** Fails with everything that is wrong, and how to do it again. */
export function expectClean(verdict: Verdict, story: Story, how: string): void {
  const { lost, twice, suppressed, wrong, differing, broken } = verdict
  expect({ lost, twice, suppressed, wrong, differing, broken }, how).toEqual({
    lost: [],
    twice: [],
    suppressed: [],
    wrong: [],
    differing: [],
    broken: [],
  })
  expect(verdict.unknown, how).toBeLessThanOrEqual(story.maxUnknown)
}
