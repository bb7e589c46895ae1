import { AppError } from '../base/index.ts'
import type { Queries, SqlValue } from '../db/index.ts'
import { fingerprint, type Rendered } from './content.ts'
import { cancelled, otherSegment } from './errors.ts'
import { type Counts, encodeState, UNFINISHED } from './states.ts'
import { addCounts } from './transitions.ts'

/** One issue on its way to the list. */
export interface Run {
  readonly key: number
  readonly issueId: string
  readonly slug: string
  /** Relative to the root. */
  readonly file: string
  /** Of Rendered. */
  readonly hash: string
  /** Empty: everybody. */
  readonly segment: string
  /** Name of the transport it was approved for. */
  readonly transport: string
  readonly approvedAt: Date
  /** Slug typed, or --yes. */
  readonly approvedBy: 'typed' | 'flag'
  /** What --force overrode. */
  readonly forced: readonly string[]
  readonly state: RunState
  /** Scheduled for then, and not begun yet. */
  readonly startsAt?: Date
  /** When a scheduled one began. */
  readonly startedAt?: Date
  /** `serve` began it, and goes on with it after a restart. */
  readonly isByServe: boolean
  readonly finishedAt?: Date
  /** Time spent sending. */
  readonly activeMs: number
  readonly counts: Counts
  readonly total: number
}

/** `open`: approved, and something is left to do. */
export type RunState = 'open' | 'finished' | 'paused' | 'cancelled'

/** Keys of readers: a SELECT of one column that subscriber/ makes. */
export interface Audience {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

interface RunRow {
  readonly key: number
  readonly issue_id: string
  readonly slug: string
  readonly file: string
  readonly hash: string
  readonly segment: string
  readonly transport: string
  readonly approved_at: number
  readonly approved_by: 'typed' | 'flag'
  readonly forced: string
  readonly state: RunState
  readonly starts_at: number | null
  readonly started_at: number | null
  readonly by_serve: number
  readonly finished_at: number | null
  readonly active_ms: number
  readonly total: number
  readonly handed: number
  readonly accepted: number
  readonly deferred: number
  readonly failed: number
  readonly unknown: number
  readonly skipped: number
}

const COLUMNS = `key, issue_id, slug, file, hash, segment, transport, approved_at, approved_by, forced, state,
  starts_at, started_at, by_serve, finished_at, active_ms, total, handed, accepted, deferred, failed, unknown, skipped`

export async function findRun(db: Queries, issueId: string): Promise<Run | undefined> {
  const row = await db.get<RunRow>(`SELECT ${COLUMNS} FROM runs WHERE issue_id = ?`, [issueId])
  return row && toRun(row)
}

/** By id of the issue, its slug or its file (relative to the root); an id comes first. */
export async function findRunByName(db: Queries, name: string, file: string): Promise<Run | undefined> {
  const row = await db.get<RunRow>(
    `SELECT ${COLUMNS} FROM runs WHERE issue_id = ? OR slug = ? OR file = ?
      ORDER BY CASE WHEN issue_id = ? THEN 0 ELSE 1 END, approved_at DESC, key DESC`,
    [name, name, file, name],
  )
  return row && toRun(row)
}

/** Newest first. */
export async function listRuns(db: Queries): Promise<Run[]> {
  return (await db.all<RunRow>(`SELECT ${COLUMNS} FROM runs ORDER BY approved_at DESC, key DESC`)).map(toRun)
}

/** The run of another issue whose readers saw the same. */
export async function findTwin(db: Queries, rendered: Rendered, issueId: string): Promise<Run | undefined> {
  const row = await db.get<RunRow>(`SELECT ${COLUMNS} FROM runs WHERE fingerprint = ? AND issue_id <> ? ORDER BY key`, [
    fingerprint(rendered),
    issueId,
  ])
  return row && toRun(row)
}

/**
 * Removes a run that went into the embedded inbox, so that the real one can begin: nobody received anything.
 *
 * @throws TypeError for any other run.
 */
export async function discardRehearsal(tx: Queries, { key, transport }: Run): Promise<void> {
  if (transport !== 'inbox') throw new TypeError(`run ${key} was no rehearsal`)
  for (const table of ['attempts', 'deliveries', 'run_images', 'run_contents', 'run_events', 'runners'] as const) {
    await tx.run(`DELETE FROM ${table} WHERE run_key = ?`, [key])
  }
  await tx.run('DELETE FROM runs WHERE key = ?', [key])
}

/**
 * Adds readers that have no delivery in the run yet; it is open again when there are any.
 *
 * @returns how many.
 */
export async function addAudience(tx: Queries, runKey: number, { sql, values }: Audience): Promise<number> {
  const held = await tx.get<{ issue_id: string; state: RunState }>('SELECT issue_id, state FROM runs WHERE key = ?', [
    runKey,
  ])
  if (held?.state === 'cancelled') {
    throw new AppError(cancelled.code, cancelled.message(held.issue_id), { kind: 'usage' })
  }
  const added = await tx.run(
    `INSERT INTO deliveries (run_key, reader_key) SELECT ?, key FROM (${sql}) AS audience WHERE true
      ON CONFLICT (run_key, reader_key) DO NOTHING`,
    [runKey, ...values],
  )
  if (added > 0) {
    await tx.run('UPDATE runs SET total = total + ? WHERE key = ?', [added, runKey])
    await reopen(tx, runKey)
  }
  return added
}

/** @throws AppError `delivery/other-segment` */
export function assertSegment({ issueId, segment }: Run, wanted: string | undefined): void {
  if (wanted === undefined || wanted === segment) return
  const frozen = segment === '' ? 'everybody' : `the segment "${segment}"`
  throw new AppError(otherSegment.code, otherSegment.message(issueId, frozen), {
    kind: 'usage',
    hint: otherSegment.hint(),
  })
}

/**
 * What a process left in flight when it died: whether those messages arrived nobody knows.
 *
 * @returns how many.
 */
export async function recover(tx: Queries, runKey: number, now: Date): Promise<number> {
  const changed = await tx.run('UPDATE deliveries SET state = ?, at = ?, code = NULL WHERE run_key = ? AND state = ?', [
    encodeState('unknown'),
    now,
    runKey,
    encodeState('handed'),
  ])
  await addCounts(tx, runKey, { handed: -changed, unknown: changed }, 0)
  return changed
}

/** Something is left to do again. */
export async function reopen(tx: Queries, runKey: number): Promise<void> {
  await tx.run("UPDATE runs SET state = 'open', finished_at = NULL WHERE key = ? AND state = 'finished'", [runKey])
}

/** Marks a run finished when nothing is left to do. @returns the run as it stands. */
export async function closeRun(tx: Queries, issueId: string, now: Date): Promise<Run> {
  const run = await getRun(tx, issueId)
  if (run.state !== 'open' || UNFINISHED.some((state) => run.counts[state] > 0)) return run
  await tx.run("UPDATE runs SET state = 'finished', finished_at = ? WHERE key = ?", [now, run.key])
  return await getRun(tx, issueId)
}

/** @throws TypeError when there is none. */
export async function getRun(db: Queries, issueId: string): Promise<Run> {
  const run = await findRun(db, issueId)
  if (!run) throw new TypeError(`no run of the issue ${issueId}`)
  return run
}

function toRun(row: RunRow): Run {
  const { handed, accepted, deferred, failed, unknown, skipped, total } = row
  const pending = total - handed - accepted - deferred - failed - unknown - skipped
  return {
    key: row.key,
    issueId: row.issue_id,
    slug: row.slug,
    file: row.file,
    hash: row.hash,
    segment: row.segment,
    transport: row.transport,
    approvedAt: new Date(row.approved_at),
    approvedBy: row.approved_by,
    forced: JSON.parse(row.forced) as string[],
    state: row.state,
    ...toTimes(row),
    isByServe: Number(row.by_serve) === 1,
    activeMs: row.active_ms,
    counts: { pending, handed, accepted, deferred, failed, unknown, skipped },
    total,
  }
}

function toTimes({ starts_at: starts, started_at: started, finished_at: finished }: RunRow) {
  return {
    ...(starts === null ? {} : { startsAt: new Date(starts) }),
    ...(started === null ? {} : { startedAt: new Date(started) }),
    ...(finished === null ? {} : { finishedAt: new Date(finished) }),
  }
}
