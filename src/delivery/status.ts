import type { Queries } from '../db/index.ts'
import type { Runner } from './lock.ts'
import type { Run } from './runs.ts'
import { type Counts, decodeState, type DeliveryState, encodeState, UNFINISHED } from './states.ts'

/**
 * What a run's state looks like from outside: `scheduled` before its time, `sending` while a process is at it, `incomplete` when none is and
 * something is left.
 */
export type StatusState = 'unsent' | 'scheduled' | 'sending' | 'incomplete' | 'paused' | 'cancelled' | 'finished'

/** The JSON of `status --json` and `send --json` (DESIGN §9). */
export interface RunStatus extends Counts {
  readonly issue: string
  readonly state: StatusState
  readonly total: number
  /** When a scheduled one begins; ISO 8601, UTC. */
  readonly startsAt: string | null
  /** ISO 8601, UTC. */
  readonly startedAt: string | null
  readonly finishedAt: string | null
  /** Over the time spent sending; null before anything was sent. */
  readonly messagesPerSecond: number | null
}

/** @param runner - who is sending it right now. */
export function describeRun(run: Run, runner: Runner | undefined): RunStatus {
  const { counts, total, activeMs } = run
  const sent = counts.accepted + counts.failed + counts.unknown + counts.deferred
  return {
    issue: run.issueId,
    state: findState(run, runner),
    total,
    ...counts,
    startsAt: run.startsAt?.toISOString() ?? null,
    startedAt: run.startsAt ? null : (run.startedAt ?? run.approvedAt).toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
    messagesPerSecond: activeMs > 0 ? Math.round((sent / activeMs) * 10_000) / 10 : null,
  }
}

function findState({ state, counts, startsAt }: Run, runner: Runner | undefined): StatusState {
  if (state !== 'open') return state
  if (startsAt) return 'scheduled'
  if (runner) return 'sending'
  // A process that died after its last delivery leaves the run open.
  return UNFINISHED.some((left) => counts[left] > 0) ? 'incomplete' : 'finished'
}

/** The status of an issue that nobody approved yet. */
export function describeUnsent(issueId: string): RunStatus {
  const none = { pending: 0, handed: 0, accepted: 0, deferred: 0, failed: 0, unknown: 0, skipped: 0 }
  return {
    issue: issueId,
    state: 'unsent',
    total: 0,
    ...none,
    startsAt: null,
    startedAt: null,
    finishedAt: null,
    messagesPerSecond: null,
  }
}

/** One delivery as `status --who` tells it. */
export interface DeliveryRow {
  readonly readerKey: number
  readonly state: DeliveryState
  readonly attempts: number
  /** Last change. */
  readonly at?: Date
  /** When a deferred one is due. */
  readonly nextAt?: Date
  readonly code?: number
  readonly note?: string
  /** The server's last words that were no acceptance. */
  readonly reply?: string
}

interface Row {
  readonly reader_key: number
  readonly state: number
  readonly attempts: number
  readonly at: number | null
  readonly next_at: number | null
  readonly code: number | null
  readonly note: string | null
  readonly reply: string | null
}

const PAGE = 1000

/** The deliveries of a run in one state, a page at a time. */
export async function* listDeliveries(
  db: Queries,
  runKey: number,
  state: DeliveryState,
): AsyncGenerator<DeliveryRow[], void> {
  for (let after = -1; ; ) {
    const rows = await db.all<Row>(
      `SELECT reader_key, state, attempts, at, next_at, code, note,
        (SELECT reply FROM attempts WHERE attempts.run_key = deliveries.run_key
          AND attempts.reader_key = deliveries.reader_key ORDER BY key DESC LIMIT 1) AS reply
        FROM deliveries WHERE run_key = ? AND state = ? AND reader_key > ? ORDER BY reader_key LIMIT ?`,
      [runKey, encodeState(state), after, PAGE],
    )
    const last = rows.at(-1)
    if (!last) return
    after = last.reader_key
    yield rows.map(toDelivery)
  }
}

function toDelivery(row: Row): DeliveryRow {
  return {
    readerKey: row.reader_key,
    state: decodeState(row.state),
    attempts: row.attempts,
    ...(row.at === null ? {} : { at: new Date(row.at) }),
    ...(row.next_at === null ? {} : { nextAt: new Date(row.next_at) }),
    ...(row.code === null ? {} : { code: row.code }),
    ...(row.note === null ? {} : { note: row.note }),
    ...(row.reply === null ? {} : { reply: row.reply }),
  }
}
