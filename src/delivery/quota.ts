import type { Queries } from '../db/index.ts'
import type { Attempt } from '../transport/index.ts'
import { encodeState } from './states.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/**
 * When a server whose quota is used up may take more: when it says so; else when the first message of the last 24 hours
 * is a day old, for relays count over a window of 24 hours that slides (Amazon SES, Gmail); in an hour when there was
 * none, because others may use the account too.
 */
export async function findQuotaReset(db: Queries, { retryAfterMs }: Attempt, now: Date): Promise<Date> {
  if (retryAfterMs !== undefined) return new Date(now.getTime() + retryAfterMs)
  const row = await db.get<{ first: number | null }>(
    'SELECT min(at) AS first FROM deliveries WHERE state = ? AND at > ?',
    [encodeState('accepted'), now.getTime() - DAY_MS],
  )
  return new Date(row?.first ? row.first + DAY_MS : now.getTime() + HOUR_MS)
}
