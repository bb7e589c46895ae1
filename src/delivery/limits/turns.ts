/**
 * Moments per second: the generic cell rate algorithm (ITU-T I.371 Annex A), its state in the store, so that all
 * processes share one row of even moments. They are handed out some at a time.
 *
 * - Alone, a process may use its moments late, and be given those that passed while it was held up; its own log of
 *   releases (spacing.ts) keeps every second within the limit. They are good until `untilMs`.
 * - A process that finds another's moments there begins a second after the last of them can have been used. From then on
 *   they take turns, and a moment that is missed by more than `lateMs` is lost: late ones of two processes would add up.
 * - Moments are a hundredth further apart than the limit asks for. That pays for being late: the moments of one second
 *   and of `lateMs` before it are never more than the limit and one.
 */
const SHARE = 0.99
const SECOND_MS = 1000
/** How late moments of a process on its own may be used. */
const GRACE_MS = 500
/** How long turns are taken after the last change of hands. */
const SHARED_MS = 5000
/** A row further ahead than this many moments, and a minute, was written by a clock that went wrong. */
const MAX_AHEAD = 1000
const MINUTE_MS = 60_000

/** What the store knows. */
export interface TurnRow {
  readonly owner: string
  readonly nextMs: number
  readonly untilMs: number
  readonly sharedUntilMs: number
}

/** Who asks for moments. */
export interface TurnAsk {
  readonly owner: string
  readonly spacingMs: number
  readonly nowMs: number
  /** Since when it could have sent; moments that passed after it are made good, up to a second. */
  readonly wantedMs: number
  /** Last moments it was given and did not use. */
  readonly unused: number
}

export function spacingOf(perSecond: number): number {
  return SECOND_MS / (perSecond * SHARE)
}

/** How late a moment may be used where turns are taken. */
export function lateMsOf(perSecond: number): number {
  return ((perSecond + 1) / (perSecond * SHARE) - 1) * SECOND_MS - 1
}

/** The first free moment for this process, and whether it takes turns with others. */
export function findTurn(
  row: TurnRow | undefined,
  ask: TurnAsk,
): { readonly startMs: number; readonly isShared: boolean } {
  const { owner, spacingMs, nowMs, wantedMs, unused } = ask
  if (!row || row.nextMs > nowMs + MINUTE_MS + MAX_AHEAD * spacingMs) return { startMs: nowMs, isShared: false }
  const isShared = row.sharedUntilMs > nowMs
  if (row.owner === owner && !isShared) {
    const floorMs = Math.max(nowMs - SECOND_MS, Math.min(wantedMs, nowMs))
    return { startMs: Math.max(row.nextMs - unused * spacingMs, floorMs), isShared }
  }
  if (isShared) return { startMs: Math.max(row.nextMs, nowMs), isShared }
  const freeMs = Math.max(row.nextMs, row.untilMs + SECOND_MS)
  return { startMs: Math.max(freeMs, nowMs), isShared: freeMs > nowMs }
}

/** The row once `count` moments from `startMs` are taken. */
export function takeTurn(
  row: TurnRow | undefined,
  ask: TurnAsk,
  turn: { readonly startMs: number; readonly isShared: boolean },
  count: number,
): TurnRow {
  const nextMs = turn.startMs + count * ask.spacingMs
  const hasChanged = row !== undefined && row.owner !== ask.owner
  const lastMs = Math.max(nextMs, ask.nowMs)
  return {
    owner: ask.owner,
    nextMs,
    untilMs: Math.ceil(lastMs + GRACE_MS),
    sharedUntilMs: turn.isShared ? (hasChanged ? Math.ceil(lastMs + SHARED_MS) : (row?.sharedUntilMs ?? 0)) : 0,
  }
}
