/** What a server said about this sender as a whole, and until when it holds. */
import type { Queries } from '../db/index.ts'
import type { Attempt } from '../transport/index.ts'
import { encodeState } from './states.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/** A pause that a server asked for and that is not over. */
export interface Told {
  readonly attempt: Attempt
  readonly until: Date
}

/** Whether the server asked for less during the last `slowMs` of this run, in whatever process. */
export async function findThrottle(db: Queries, runKey: number, slowMs: number, now: Date): Promise<Told | undefined> {
  const row = await db.get<{ at: number; code: number | null; enhanced_code: string | null; reply: string }>(
    `SELECT at, code, enhanced_code, reply FROM attempts
      WHERE run_key = ? AND reader_key IS NULL AND fault = 'throttled' AND at > ? AND at <= ? ORDER BY at DESC LIMIT 1`,
    [runKey, now.getTime() - slowMs, now],
  )
  if (!row) return undefined
  const codes = {
    ...(row.code === null ? {} : { code: row.code }),
    ...(row.enhanced_code === null ? {} : { enhancedCode: row.enhanced_code }),
  }
  const attempt: Attempt = { kind: 'server', fault: 'throttled', ...codes, text: row.reply }
  return { attempt, until: new Date(row.at + slowMs) }
}

/**
 * When a server whose quota is used up may take more: when it says so; else when the first message of the last 24 hours
 * is a day old, for relays count over a window of 24 hours that slides (Amazon SES, Gmail); in an hour when there was
 * none, because others may use the account too.
 */
export async function findQuotaReset(db: Queries, { retryAfterMs }: Attempt, now: Date): Promise<Date> {
  if (retryAfterMs !== undefined) return new Date(now.getTime() + retryAfterMs)
  const row = await db.get<{ first: number | null }>(
    'SELECT min(at) AS first FROM deliveries WHERE state = ? AND at > ? AND at <= ?',
    [encodeState('accepted'), now.getTime() - DAY_MS, now],
  )
  return new Date(row?.first ? row.first + DAY_MS : now.getTime() + HOUR_MS)
}
