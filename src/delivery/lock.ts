/**
 * Who sends a run. One row per run; the holder renews its beat with every commit and every few seconds in between.
 * A holder is gone when its process no longer exists on this host, or when its beat is old; in another container of the
 * host its id says nothing, and the beat alone counts. One that was only asleep finds its token replaced at its next
 * commit, which fails, and so it writes no further dot.
 */
import { randomUUID } from 'node:crypto'
import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { AppError, isRunning } from '../base/index.ts'
import type { Queries } from '../db/index.ts'
import { lockLost } from './errors.ts'
import type { RunState } from './runs.ts'

/** A process that sends a run. */
export interface Runner {
  readonly pid: number
  /** With the number of its namespace when it is in a container: `web1/4026532198`. */
  readonly host: string
  readonly startedAt: Date
  /** Its last sign of life. */
  readonly beatAt: Date
}

export const BEAT_MS = 5000
/** Six beats: a laptop that wakes up, a disk that hangs. */
export const STALE_MS = 30_000

/** Clocks of two hosts differ by less; a beat further in the future is from before a clock was set back. */
const MAX_AHEAD_MS = 600_000

interface RunnerRow {
  readonly token: string
  readonly pid: number
  readonly host: string
  readonly started_at: number
  readonly beat_at: number
}

/** Tokens of this process: a container gives every process the same id on the same host. */
const own = new Set<string>()

/** The namespace that a Linux host begins with (PROC_PID_INIT_INO in its include/linux/proc_ns.h). */
const FIRST_NAMESPACE = '4026531836'

/**
 * Where process ids mean the same: containers may share the name of their host, but not its ids.
 *
 * @param namespace - as Linux writes it, `pid:[4026531836]`; missing elsewhere.
 * @see pid_namespaces(7)
 */
export function findPlace(host: string, namespace: string | undefined): string {
  const number = /\d+/.exec(namespace ?? '')?.[0]
  return number === undefined || number === FIRST_NAMESPACE ? host : `${host}/${number}`
}

function readNamespace(): string | undefined {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return undefined
  }
}

const here = findPlace(hostname(), readNamespace())

/** What `takeLock` gives: the token to renew and release it by, or who has it. */
export type LockResult =
  | { readonly isTaken: true; readonly token: string }
  | { readonly isTaken: false; readonly holder: Runner }

/** Takes the run, also from a holder that is gone. */
export async function takeLock(tx: Queries, runKey: number, now: Date): Promise<LockResult> {
  const row = await readRow(tx, runKey)
  if (row && isAlive(row, now)) return { isTaken: false, holder: toRunner(row) }
  const token = randomUUID()
  await tx.run('DELETE FROM runners WHERE run_key = ?', [runKey])
  await tx.run('INSERT INTO runners (run_key, token, pid, host, started_at, beat_at) VALUES (?, ?, ?, ?, ?, ?)', [
    runKey,
    token,
    process.pid,
    here,
    now,
    now,
  ])
  own.add(token)
  return { isTaken: true, token }
}

/**
 * A sign of life.
 *
 * @returns what the author wants of the run: another process may have paused or cancelled it.
 * @throws AppError `delivery/lock-lost` when another process has taken the run over.
 */
export async function renewLock(tx: Queries, runKey: number, token: string, now: Date): Promise<RunState> {
  const changed = await tx.run('UPDATE runners SET beat_at = ? WHERE run_key = ? AND token = ?', [now, runKey, token])
  const row = await tx.get<{ state: RunState }>('SELECT state FROM runs WHERE key = ?', [runKey])
  if (changed !== 1 || !row) throw new AppError(lockLost.code, lockLost.message(), { kind: 'environment' })
  return row.state
}

/** This process works on the run no longer, whether or not the store can be told. */
export function disownLock(token: string): void {
  own.delete(token)
}

/** @returns false when another process has taken the run over. */
export async function releaseLock(db: Queries, runKey: number, token: string): Promise<boolean> {
  return (await db.run('DELETE FROM runners WHERE run_key = ? AND token = ?', [runKey, token])) > 0
}

/** Who is sending which run. */
export async function listRunners(db: Queries, now: Date): Promise<ReadonlyMap<number, Runner>> {
  const rows = await db.all<RunnerRow & { readonly run_key: number }>(
    'SELECT run_key, token, pid, host, started_at, beat_at FROM runners',
  )
  return new Map(rows.filter((row) => isAlive(row, now)).map((row) => [row.run_key, toRunner(row)]))
}

/** Who is sending the run; undefined when nobody is. */
export async function findRunner(db: Queries, runKey: number, now: Date): Promise<Runner | undefined> {
  const row = await readRow(db, runKey)
  return row && isAlive(row, now) ? toRunner(row) : undefined
}

async function readRow(db: Queries, runKey: number): Promise<RunnerRow | undefined> {
  return await db.get<RunnerRow>('SELECT token, pid, host, started_at, beat_at FROM runners WHERE run_key = ?', [
    runKey,
  ])
}

function isAlive({ token, pid, host, beat_at }: RunnerRow, now: Date): boolean {
  const silentMs = now.getTime() - beat_at
  if (silentMs > STALE_MS || silentMs < -MAX_AHEAD_MS) return false
  if (host !== here) return true
  return pid === process.pid ? own.has(token) : isRunning(pid)
}

function toRunner({ pid, host, started_at, beat_at }: RunnerRow): Runner {
  return { pid, host, startedAt: new Date(started_at), beatAt: new Date(beat_at) }
}
