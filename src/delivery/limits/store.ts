import type { Queries } from '../../db/index.ts'
import type { WindowName } from './limits.ts'
import { findTurn, takeTurn, type TurnAsk, type TurnRow } from './turns.ts'
import { bucketOf, findRoom, firstOf, startOf, type Use } from './windows.ts'

/** What a process asks of a limit. */
export interface Ask extends Omit<TurnAsk, 'spacingMs'> {
  /** Empty: of everything; else the group. */
  readonly scope: string
  /** As many as it can use soon. */
  readonly count: number
  /** Missing without a limit per second. */
  readonly spacingMs?: number
  readonly windows: readonly (readonly [WindowName, number])[]
  /** Messages that were counted and certainly not sent. */
  readonly returns: readonly Return[]
}

export interface Return extends Use {
  readonly window: WindowName
}

export interface ScopedReturn extends Return {
  /** Empty: of everything. */
  readonly scope: string
}

/** Leave to send `count` messages. */
export interface Grant {
  readonly count: number
  /** Of the first; the others follow each `spacingMs`. Epoch milliseconds, with fractions. */
  readonly startMs: number
  readonly spacingMs: number
  /** After it none may be used. */
  readonly untilMs: number
  readonly isShared: boolean
  /** Where each is counted. */
  readonly buckets: readonly (readonly [WindowName, number])[]
}

/** A window that is full. */
export interface Full {
  readonly count: 0
  readonly window: WindowName
  readonly freeAtMs: number
}

/** Clocks of two hosts, and turns that were taken ahead. */
const MAX_AHEAD_MS = 60_000

interface TurnColumns {
  readonly owner: string
  readonly next_us: number
  readonly until_at: number
  readonly shared_until: number
}

/** Takes as many as the limits have, at most as many as asked for. In a transaction of its own. */
export async function reserve(tx: Queries, ask: Ask): Promise<Grant | Full> {
  const { scope, nowMs, windows, spacingMs = 0, returns } = ask
  await returnUses(
    tx,
    returns.map((one) => ({ ...one, scope })),
  )
  const row = ask.spacingMs === undefined ? undefined : await readTurn(tx, scope)
  const turnAsk = { ...ask, spacingMs }
  const turn = ask.spacingMs === undefined ? { startMs: nowMs, isShared: false } : findTurn(row, turnAsk)
  const firstMs = Math.max(turn.startMs, nowMs)
  let { count } = ask
  let untilMs = Infinity
  const buckets: [WindowName, number][] = []
  for (const [window, limit] of windows) {
    const bucket = bucketOf(window, firstMs)
    const { room, freeAtMs } = findRoom(window, limit, await readWindow(tx, scope, window, firstMs), bucket)
    if (room < 1) return { count: 0, window, freeAtMs: Math.max(freeAtMs, nowMs + 1) }
    const endMs = startOf(window, bucket + 1)
    const fitting = spacingMs > 0 ? Math.max(1, Math.ceil((endMs - turn.startMs) / spacingMs)) : count
    count = Math.min(count, room, fitting)
    untilMs = Math.min(untilMs, endMs - 1)
    buckets.push([window, bucket])
  }
  if (ask.spacingMs !== undefined) {
    const next = takeTurn(row, turnAsk, turn, count)
    untilMs = Math.min(untilMs, next.untilMs)
    await writeTurn(tx, scope, next)
  }
  await addUses(
    tx,
    scope,
    buckets.map(([window, bucket]) => ({ window, bucket, count })),
  )
  for (const [window, bucket] of buckets) await forget(tx, scope, window, firstOf(bucket) - 1)
  return { count, startMs: turn.startMs, spacingMs, untilMs, isShared: turn.isShared, buckets }
}

async function readTurn(tx: Queries, scope: string): Promise<TurnRow | undefined> {
  const row = await tx.get<TurnColumns>(
    'SELECT owner, next_us, until_at, shared_until FROM limit_turns WHERE scope = ?',
    [scope],
  )
  return (
    row && {
      owner: row.owner,
      nextMs: row.next_us / 1000,
      untilMs: row.until_at,
      sharedUntilMs: row.shared_until,
    }
  )
}

async function writeTurn(
  tx: Queries,
  scope: string,
  { owner, nextMs, untilMs, sharedUntilMs }: TurnRow,
): Promise<void> {
  await tx.run(
    `INSERT INTO limit_turns (scope, owner, next_us, until_at, shared_until) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (scope) DO UPDATE SET owner = excluded.owner, next_us = excluded.next_us,
        until_at = excluded.until_at, shared_until = excluded.shared_until`,
    [scope, owner, Math.ceil(nextMs * 1000), untilMs, sharedUntilMs],
  )
}

/** What a window holds, from a bucket on. */
export async function readUses(db: Queries, scope: string, window: WindowName, from: number): Promise<Use[]> {
  return await db.all<Use>('SELECT bucket, count FROM limit_uses WHERE scope = ? AND period = ? AND bucket >= ?', [
    scope,
    window,
    from,
  ])
}

/**
 * What a window holds at a moment. What was counted further ahead than anybody reserves comes from a clock that was set
 * back since: when it went out nobody knows, so it is counted as of now, and keeps the window once, not for as long as
 * the clock was wrong.
 */
async function readWindow(tx: Queries, scope: string, window: WindowName, atMs: number): Promise<readonly Use[]> {
  const now = bucketOf(window, atMs)
  const uses = await readUses(tx, scope, window, firstOf(now))
  const ahead = uses.filter(({ bucket }) => startOf(window, bucket) > atMs + MAX_AHEAD_MS)
  if (ahead.length === 0) return uses
  const moved = { bucket: now, count: ahead.reduce((sum, { count }) => sum + count, 0) }
  await tx.runEach(
    'DELETE FROM limit_uses WHERE scope = ? AND period = ? AND bucket = ?',
    ahead.map(({ bucket }) => [scope, window, bucket]),
  )
  await addUses(tx, scope, [{ window, ...moved }])
  return [...uses.filter((use) => !ahead.includes(use)), moved]
}

async function addUses(tx: Queries, scope: string, uses: readonly Return[]): Promise<void> {
  await tx.runEach(
    `INSERT INTO limit_uses (scope, period, bucket, count) VALUES (?, ?, ?, ?)
      ON CONFLICT (scope, period, bucket) DO UPDATE SET count = limit_uses.count + excluded.count`,
    uses.map(({ window, bucket, count }) => [scope, window, bucket, count]),
  )
}

/** Takes back what was counted and certainly not sent. */
export async function returnUses(tx: Queries, returns: readonly ScopedReturn[]): Promise<void> {
  await tx.runEach(
    'UPDATE limit_uses SET count = count - ? WHERE scope = ? AND period = ? AND bucket = ? AND count >= ?',
    returns.map(({ scope, window, bucket, count }) => [count, scope, window, bucket, count]),
  )
}

/** Counts at least so many messages in each bucket. */
export async function raiseUses(tx: Queries, scope: string, uses: readonly Return[]): Promise<void> {
  await tx.runEach(
    `INSERT INTO limit_uses (scope, period, bucket, count) VALUES (?, ?, ?, ?)
      ON CONFLICT (scope, period, bucket) DO UPDATE SET count = excluded.count WHERE excluded.count > limit_uses.count`,
    uses.map(({ window, bucket, count }) => [scope, window, bucket, count]),
  )
}

async function forget(tx: Queries, scope: string, window: WindowName, before: number): Promise<void> {
  await tx.run('DELETE FROM limit_uses WHERE scope = ? AND period = ? AND bucket < ?', [scope, window, before])
}
