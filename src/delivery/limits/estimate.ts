import type { Queries } from '../../db/index.ts'
import { type Limit, listWindows, WINDOW_MS, type WindowName } from './limits.ts'
import { readUses } from './store.ts'
import { bucketOf, firstOf, startOf } from './windows.ts'

/** How much of a window is used. */
export interface Used {
  readonly limit: WindowName
  readonly most: number
  readonly used: number
  /** Milliseconds since the oldest message in it. */
  readonly sinceMs: number
}

/** What the windows of a limit hold. @param scope - a group; default: everything. */
export async function readUsed(db: Queries, limit: Limit, now: Date, scope = ''): Promise<Used[]> {
  const used: Used[] = []
  for (const [name, most] of listWindows(limit)) {
    const uses = await readUses(db, scope, name, firstOf(bucketOf(name, now.getTime())))
    const filled = uses.filter(({ count }) => count > 0)
    const count = filled.reduce((sum, use) => sum + use.count, 0)
    const first = Math.min(...filled.map(({ bucket }) => bucket))
    const sinceMs = count > 0 ? Math.max(0, now.getTime() - startOf(name, first)) : 0
    used.push({ limit: name, most, used: count, sinceMs })
  }
  return used
}

/**
 * How long `count` messages take at least: as many whole windows as they fill, longest first, and the rest at the pace
 * of the shorter limits.
 *
 * @returns undefined without a limit.
 */
export function estimateSeconds(count: number, { perSecond }: Pick<Limit, 'perSecond'>, used: readonly Used[]) {
  if (perSecond === 'unlimited' && used.length === 0) return undefined
  let left = count
  let ms = 0
  for (const window of [...used].sort((a, b) => WINDOW_MS[b.limit] - WINDOW_MS[a.limit])) {
    // What is used now no longer counts once a longer window was waited for.
    const before = ms > 0 ? 0 : window.used
    const rounds = Math.max(0, Math.ceil((left + before) / window.most) - 1)
    if (rounds === 0) continue
    const agedMs = before > 0 ? Math.min(window.sinceMs, WINDOW_MS[window.limit]) : 0
    ms += rounds * WINDOW_MS[window.limit] - agedMs
    left = left + before - rounds * window.most
  }
  return Math.ceil(ms / 1000 + (perSecond === 'unlimited' ? 0 : left / perSecond))
}
