/** What the ledger says about the servers' words. */
import type { Queries } from '../db/index.ts'
import { type DeliveryState, encodeState } from './states.ts'

/** How often a server said the same. */
export interface ReplyCount {
  /** Codes, or why without a reply: `550 5.1.1`, `refused connection`. */
  readonly words: string
  readonly count: number
}

/** With which codes the deliveries of one state ended, most frequent first. */
export async function countReplies(db: Queries, runKey: number, state: DeliveryState): Promise<ReplyCount[]> {
  const rows = await db.all<{ code: number | null; enhanced_code: string | null; note: string | null; count: number }>(
    `SELECT code, enhanced_code, note, count(*) AS count FROM (
        SELECT code, note, (SELECT enhanced_code FROM attempts WHERE attempts.run_key = deliveries.run_key
          AND attempts.reader_key = deliveries.reader_key ORDER BY key DESC LIMIT 1) AS enhanced_code
        FROM deliveries WHERE run_key = ? AND state = ?) AS ended
      GROUP BY code, enhanced_code, note ORDER BY 4 DESC, 1`,
    [runKey, encodeState(state)],
  )
  return rows.map(({ code, enhanced_code, note, count }) => ({
    words: [code, enhanced_code].filter((part) => part !== null).join(' ') || (note ?? 'no reply'),
    count: Number(count),
  }))
}

/** How many replies of each kind came, besides plain acceptance. */
export interface KindCount {
  readonly kind: string
  readonly code: number | null
  readonly count: number
}

/** More are not looked at: the answer is to come at once, however large the run. */
export const MAX_COUNTED = 10_000

/** The replies to a run that were no acceptance, by kind and code; of the first 10,000. */
export async function countAttempts(db: Queries, runKey: number): Promise<KindCount[]> {
  const rows = await db.all<KindCount>(
    `SELECT kind, code, count(*) AS count FROM (SELECT kind, code FROM attempts WHERE run_key = ? LIMIT ?) AS some
      GROUP BY kind, code ORDER BY 3 DESC, kind, code`,
    [runKey, MAX_COUNTED],
  )
  return rows.map(({ kind, code, count }) => ({ kind, code, count: Number(count) }))
}

/** One try with what the server said. */
export interface AttemptRow {
  /** Missing when it was about the server, not about one delivery. */
  readonly readerKey?: number
  readonly number?: number
  readonly at: Date
  readonly kind: string
  readonly fault?: string
  readonly code?: number
  readonly enhancedCode?: string
  readonly reply: string
}

interface Row {
  readonly key: number
  readonly reader_key: number | null
  readonly number: number | null
  readonly at: number
  readonly kind: string
  readonly fault: string | null
  readonly code: number | null
  readonly enhanced_code: string | null
  readonly reply: string
}

const PAGE = 1000

/** Every reply of a run that was no acceptance, oldest first, a page at a time. */
export async function* listAttempts(db: Queries, runKey: number): AsyncGenerator<AttemptRow[], void> {
  for (let after = 0; ; ) {
    const rows = await db.all<Row>(
      `SELECT key, reader_key, number, at, kind, fault, code, enhanced_code, reply FROM attempts
        WHERE key > ? AND run_key = ? ORDER BY key LIMIT ?`,
      [after, runKey, PAGE],
    )
    const last = rows.at(-1)
    if (!last) return
    after = last.key
    yield rows.map(toAttempt)
  }
}

function toAttempt({ reader_key, number, at, kind, fault, code, enhanced_code, reply }: Row): AttemptRow {
  return {
    ...(reader_key === null ? {} : { readerKey: reader_key }),
    ...(number === null ? {} : { number }),
    at: new Date(at),
    kind,
    ...(fault === null ? {} : { fault }),
    ...(code === null ? {} : { code }),
    ...(enhanced_code === null ? {} : { enhancedCode: enhanced_code }),
    reply,
  }
}
