import type { Address } from '../base/index.ts'
import { phrasesOf, type Queries, type SqlValue } from '../db/index.ts'
import { toEmailKey } from './email-key.ts'
import { audienceCondition, type Segment, segmentCondition } from './segment.ts'
import { STATUSES, type SubscriberStatus } from './status.ts'
import { splitTags } from './tags.ts'
import type { Reader } from './reader.ts'
import { COLUMNS, readReader, readRow, type Subscriber, type SubscriberRow } from './subscriber.ts'

export async function findById(queries: Queries, id: string): Promise<Subscriber | undefined> {
  return await findWhere(queries, 'id = ?', id)
}

/** Finds a reader under any spelling of the address. */
export async function findByEmail(queries: Queries, email: Address): Promise<Subscriber | undefined> {
  return await findWhere(queries, 'email_key = ?', toEmailKey(email))
}

async function findWhere(queries: Queries, condition: string, value: SqlValue): Promise<Subscriber | undefined> {
  const row = await queries.get<SubscriberRow>(`SELECT ${COLUMNS} FROM subscribers WHERE ${condition}`, [value])
  return row && readRow(row)
}

export interface PageOptions {
  readonly segment: Segment
  readonly status?: SubscriberStatus
  /** Key of the last reader of the page before. */
  readonly after?: number
  readonly limit: number
}

/** Readers in the order in which they came, whatever their status unless one is asked for. */
export async function readPage(queries: Queries, options: PageOptions): Promise<Subscriber[]> {
  const { sql, values } = segmentCondition(options.segment, queries.dialect)
  const status =
    options.status === undefined ? { sql: '', values: [] } : { sql: 'AND status = ?', values: [options.status] }
  const rows = await queries.all<SubscriberRow>(
    `SELECT ${COLUMNS} FROM subscribers WHERE key > ? AND ${sql} ${status.sql} ORDER BY key LIMIT ?`,
    [options.after ?? 0, ...values, ...status.values, options.limit],
  )
  return rows.map(readRow)
}

/** Readers whose address, name or tags hold a text, whatever their status, in the order in which they came. */
export async function searchReaders(queries: Queries, text: string, limit: number): Promise<Subscriber[]> {
  const { contains } = phrasesOf(queries.dialect)
  // A blank keeps a text from being found across two of them.
  const haystack = "lower(email || ' ' || coalesce(name, '') || ' ' || tags)"
  const rows = await queries.all<SubscriberRow>(
    `SELECT ${COLUMNS} FROM subscribers WHERE ${contains(haystack, '?')} ORDER BY key LIMIT ?`,
    [text.toLowerCase(), limit],
  )
  return rows.map(readRow)
}

/** The mailable readers of a segment, a page after a key. */
export async function readAudiencePage(
  queries: Queries,
  segment: Segment,
  after: number,
  limit: number,
): Promise<Subscriber[]> {
  const { sql, values } = audienceCondition(segment, queries.dialect)
  const rows = await queries.all<SubscriberRow>(
    `SELECT ${COLUMNS} FROM subscribers WHERE key > ? AND ${sql} ORDER BY key LIMIT ?`,
    [after, ...values, limit],
  )
  return rows.map(readRow)
}

export async function countAudience(queries: Queries, segment: Segment): Promise<number> {
  const { sql, values } = audienceCondition(segment, queries.dialect)
  return await count(queries, `SELECT count(*) AS count FROM subscribers WHERE ${sql}`, values)
}

/** How many readers of each status; every status is there. */
export async function countByStatus(queries: Queries, segment: Segment): Promise<Record<SubscriberStatus, number>> {
  const { sql, values } = segmentCondition(segment, queries.dialect)
  const rows = await queries.all<{ status: SubscriberStatus; count: number }>(
    `SELECT status, count(*) AS count FROM subscribers WHERE ${sql} GROUP BY status`,
    values,
  )
  const counts = new Map(rows.map((row) => [row.status, Number(row.count)]))
  return Object.fromEntries(STATUSES.map((status) => [status, counts.get(status) ?? 0])) as Record<
    SubscriberStatus,
    number
  >
}

/** How many mailable readers of a segment have each tag, most frequent first; readers without tags are in none. */
export async function countByTag(queries: Queries, segment: Segment): Promise<Record<string, number>> {
  const { sql, values } = audienceCondition(segment, queries.dialect)
  const rows = await queries.all<{ tags: string; count: number }>(
    `SELECT tags, count(*) AS count FROM subscribers WHERE ${sql} AND tags <> '' GROUP BY tags`,
    values,
  )
  const counts = new Map<string, number>()
  for (const { tags, count: readers } of rows) {
    for (const tag of splitTags(tags)) counts.set(tag, (counts.get(tag) ?? 0) + Number(readers))
  }
  return Object.fromEntries([...counts].toSorted(([a, some], [b, more]) => more - some || (a < b ? -1 : 1)))
}

export async function countSuppressions(queries: Queries): Promise<number> {
  return await count(queries, 'SELECT count(*) AS count FROM suppressions', [])
}

/** The names of all fields in use, sorted. */
export async function listFieldNames(queries: Queries): Promise<string[]> {
  const { jsonKeys } = phrasesOf(queries.dialect)
  const rows = await queries.all<{ name: string }>(
    `SELECT DISTINCT ${jsonKeys('subscribers.fields')} WHERE subscribers.fields <> '{}' ORDER BY 1`,
  )
  return rows.map(({ name }) => name)
}

async function count(queries: Queries, sql: string, values: readonly SqlValue[]): Promise<number> {
  return Number((await queries.get<{ count: number }>(sql, values))?.count ?? 0)
}

/** A reader as of now, with whether mail may go out. */
export interface Recipient {
  readonly subscriber: Subscriber
  /** Active, and the address is not suppressed. */
  readonly isMailable: boolean
}

/** Keys of one statement; shorter lists repeat the last key, so that two prepared statements serve all. */
const KEYS_AT_ONCE = 100
const KEY_LIST = Array.from({ length: KEYS_AT_ONCE }, () => '?').join(', ')

const SELECT_RECIPIENTS = `SELECT ${COLUMNS},
  (SELECT count(*) FROM suppressions WHERE suppressions.email_key = subscribers.email_key) AS suppressed
  FROM subscribers WHERE key IN (${KEY_LIST}) ORDER BY key`

/** Looks readers up at the moment of sending. @returns in the order of keys; those that are gone are missing. */
export async function readRecipients(queries: Queries, keys: readonly number[]): Promise<Recipient[]> {
  const found: Recipient[] = []
  for (let from = 0; from < keys.length; from += KEYS_AT_ONCE) {
    const some = keys.slice(from, from + KEYS_AT_ONCE)
    const padded = Array.from({ length: KEYS_AT_ONCE }, (_, index) => some[Math.min(index, some.length - 1)] ?? 0)
    const rows = await queries.all<RecipientRow>(SELECT_RECIPIENTS, padded)
    found.push(...rows.map(toRecipient))
  }
  return found
}

type RecipientRow = SubscriberRow & { readonly suppressed: number }

function toRecipient(row: RecipientRow): Recipient {
  return { subscriber: readRow(row), isMailable: row.status === 'active' && Number(row.suppressed) === 0 }
}

/** Somebody to be written to right now. */
export interface Addressee {
  readonly reader: Reader
  readonly status: SubscriberStatus
  /** Active, and the address is not suppressed. */
  readonly isMailable: boolean
}

const SELECT_ADDRESSEE = `SELECT id, email, name, language, status, tags, fields,
  EXISTS (SELECT 1 FROM suppressions WHERE suppressions.email_key = subscribers.email_key) AS suppressed
  FROM subscribers WHERE key = ?`

type AddresseeRow = Omit<RecipientRow, 'key' | 'joined_at' | 'source' | 'created_at' | 'updated_at'>

/**
 * Looks one reader up at the moment of sending, for which less of a row will do: once for each message.
 *
 * @returns undefined for one that is gone.
 */
export async function findAddressee(queries: Queries, key: number): Promise<Addressee | undefined> {
  const row = await queries.get<AddresseeRow>(SELECT_ADDRESSEE, [key])
  if (!row) return undefined
  const isMailable = row.status === 'active' && Number(row.suppressed) === 0
  return { reader: readReader(row), status: row.status as SubscriberStatus, isMailable }
}
