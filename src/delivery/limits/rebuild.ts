import type { Database } from '../../db/index.ts'
import { encodeState } from '../states.ts'
import { findGroup } from './groups.ts'
import { type Limits, listWindows, WINDOW_MS, type WindowName } from './limits.ts'
import { raiseUses, type Return } from './store.ts'
import { bucketOf, startOf } from './windows.ts'

/** The domain of each of some readers that are still known. */
export type FindDomains = (readerKeys: readonly number[]) => Promise<ReadonlyMap<number, string>>

/**
 * Every try over SMTP since a moment and up to another: what the server took or may have taken, and every other answer.
 * A delivery in doubt may count twice, which errs on the safe side. What a clock that was set back since put into the
 * future would count at each start.
 */
const TRIES = `SELECT deliveries.reader_key, deliveries.at FROM deliveries JOIN runs ON runs.key = deliveries.run_key
    WHERE runs.transport = 'smtp' AND (runs.finished_at IS NULL OR runs.finished_at >= ?)
      AND deliveries.state IN (${['handed', 'accepted', 'unknown'].map((state) => encodeState(state as 'handed')).join(', ')})
      AND deliveries.at BETWEEN ? AND ?
  UNION ALL
  SELECT attempts.reader_key, attempts.at FROM attempts JOIN runs ON runs.key = attempts.run_key
    WHERE runs.transport = 'smtp' AND attempts.reader_key IS NOT NULL AND attempts.at BETWEEN ? AND ?`

const PAGE = 1000

/**
 * Counts what the ledger knows to have gone out, wherever the state of the limits knows of less: after a limit was added
 * or a store was copied, or when messages went out while nothing was limited.
 */
export async function rebuildUses(db: Database, limits: Limits, now: Date, findDomains: FindDomains): Promise<void> {
  const windows = listWindows(limits)
  for (const [window] of windows) await raise(db, '', await countAll(db, window, now))
  const byGroup = [...limits.domains].map(
    ([name, limit]) => [name, listWindows(limit).map(([window]) => window)] as const,
  )
  const longest = byGroup.flatMap(([, names]) => names).sort((a, b) => WINDOW_MS[b] - WINDOW_MS[a])[0]
  if (!longest) return
  const uses = await countGroups(db, limits, now, longest, findDomains)
  for (const [name, names] of byGroup) {
    for (const window of names) await raise(db, name, bucketize(window, now, uses.get(name) ?? []))
  }
}

async function raise(db: Database, scope: string, uses: readonly Return[]): Promise<void> {
  if (uses.length > 0) await db.transaction(async (tx) => await raiseUses(tx, scope, uses))
}

async function countAll(db: Database, window: WindowName, now: Date): Promise<Return[]> {
  const since = sinceOf(window, now)
  // The bucket's width is whole milliseconds for every window.
  const rows = await db.all<{ bucket: number; count: number }>(
    `SELECT at / ${startOf(window, 1)} AS bucket, count(*) AS count FROM (${TRIES}) AS tries GROUP BY 1`,
    [since, since, now, since, now],
  )
  return rows.map((row) => ({ window, ...row }))
}

async function countGroups(
  db: Database,
  limits: Limits,
  now: Date,
  longest: WindowName,
  findDomains: FindDomains,
): Promise<ReadonlyMap<string, number[]>> {
  const since = sinceOf(longest, now)
  const rows = await db.all<{ reader_key: number; at: number }>(TRIES, [since, since, now, since, now])
  const found = new Map<string, number[]>()
  for (let from = 0; from < rows.length; from += PAGE) {
    const page = rows.slice(from, from + PAGE)
    const domains = await findDomains(page.map((row) => row.reader_key))
    for (const { reader_key: key, at } of page) {
      const domain = domains.get(key)
      const group = domain === undefined ? undefined : findGroup(limits.domains, domain)
      if (group !== undefined) append(found, group, at)
    }
  }
  return found
}

function bucketize(window: WindowName, now: Date, times: readonly number[]): Return[] {
  const since = sinceOf(window, now)
  const counts = new Map<number, number>()
  for (const at of times) {
    const bucket = bucketOf(window, at)
    if (at >= since) counts.set(bucket, (counts.get(bucket) ?? 0) + 1)
  }
  return [...counts].map(([bucket, count]) => ({ window, bucket, count }))
}

function sinceOf(window: WindowName, now: Date): number {
  return startOf(window, bucketOf(window, now.getTime() - WINDOW_MS[window]))
}

function append(lists: Map<string, number[]>, name: string, at: number): void {
  const list = lists.get(name)
  if (list) list.push(at)
  else lists.set(name, [at])
}
