import { type Paint, shorten } from '../../base/index.ts'
import type { Database } from '../../db/index.ts'
import { type DeliveryState, listAttempts, listDeliveries } from '../../delivery/index.ts'
import { createSubscriberStore } from '../../subscriber/index.ts'
import { MAX_SHOWN } from './shorten-words.ts'

/** One reader's delivery as `status --who` shows it. */
export interface ReaderDelivery {
  /** Null for a reader who was forgotten. */
  readonly email: string | null
  readonly state: DeliveryState
  readonly attempts: number
  /** Last change, ISO 8601. */
  readonly at: string | null
  /** When a deferred one is due. */
  readonly dueAt: string | null
  readonly code: number | null
  /** The server's last words, or why without. */
  readonly reply: string | null
}

/** One try as `status --attempts` shows it. */
export interface ReaderAttempt {
  /** Null for a reader who was forgotten, and for what was about the server. */
  readonly email: string | null
  readonly number: number | null
  readonly at: string
  readonly kind: string
  readonly fault: string | null
  readonly code: number | null
  readonly enhancedCode: string | null
  readonly reply: string
}

/** The readers of a run in one state, a page at a time. */
export async function* listReaders(
  db: Database,
  runKey: number,
  state: DeliveryState,
): AsyncGenerator<ReaderDelivery[], void> {
  for await (const page of listDeliveries(db, runKey, state)) {
    const emails = await readEmails(
      db,
      page.map(({ readerKey }) => readerKey),
    )
    yield page.map((row) => ({
      email: emails.get(row.readerKey) ?? null,
      state: row.state,
      attempts: row.attempts,
      at: row.at?.toISOString() ?? null,
      dueAt: row.nextAt?.toISOString() ?? null,
      code: row.code ?? null,
      reply: row.reply ?? row.note ?? null,
    }))
  }
}

/** Every reply of a run that was no plain acceptance, a page at a time. */
export async function* listTries(db: Database, runKey: number): AsyncGenerator<ReaderAttempt[], void> {
  for await (const page of listAttempts(db, runKey)) {
    const emails = await readEmails(
      db,
      page.flatMap(({ readerKey }) => readerKey ?? []),
    )
    yield page.map((row) => ({
      email: (row.readerKey === undefined ? undefined : emails.get(row.readerKey)) ?? null,
      number: row.number ?? null,
      at: row.at.toISOString(),
      kind: row.kind,
      fault: row.fault ?? null,
      code: row.code ?? null,
      enhancedCode: row.enhancedCode ?? null,
      reply: row.reply,
    }))
  }
}

async function readEmails(db: Database, keys: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const store = createSubscriberStore(db, { now: () => new Date(0) })
  const recipients = await store.readRecipients([...new Set(keys)])
  return new Map(recipients.map(({ subscriber }) => [subscriber.key, subscriber.email]))
}

/** How a list is told: which of its fields, as CSV and as a table for people. */
export interface Listing<Row> {
  readonly header: string
  readonly formatCsv: (row: Row) => string
  /** Aligned; the last column, the server's words, is cut when it is very long. */
  readonly formatTable: (page: readonly Row[], paint: Paint, isFirst: boolean) => string
}

type Cell = string | number | null

export const READERS: Listing<ReaderDelivery> = makeListing(
  ['email', 'state', 'attempts', 'at', 'dueAt', 'code', 'reply'],
  (page) => {
    const hasDue = page.some(({ dueAt }) => dueAt !== null)
    return [
      ['reader', 'tries', 'when', ...(hasDue ? ['due'] : []), 'reply'],
      ...page.map(({ email, attempts, at, dueAt, reply }) => [
        email ?? '(forgotten)',
        String(attempts),
        shortTime(at),
        ...(hasDue ? [shortTime(dueAt)] : []),
        shorten(reply ?? '', MAX_SHOWN),
      ]),
    ]
  },
)

export const TRIES: Listing<ReaderAttempt> = makeListing(
  ['email', 'number', 'at', 'kind', 'fault', 'code', 'enhancedCode', 'reply'],
  (page) => [
    ['reader', 'try', 'when', 'kind', 'reply'],
    ...page.map(({ email, number, at, kind, reply }) => [
      email ?? (number === null ? '(the server)' : '(forgotten)'),
      String(number ?? ''),
      shortTime(at),
      kind,
      shorten(reply, MAX_SHOWN),
    ]),
  ],
)

function makeListing<Row extends { readonly [Key in keyof Row]: Cell }>(
  columns: readonly (keyof Row & string)[],
  tabulate: (page: readonly Row[]) => readonly (readonly string[])[],
): Listing<Row> {
  return {
    header: columns.join(','),
    formatCsv: (row) => columns.map((column) => formatCell(row[column])).join(','),
    formatTable: (page, paint, isFirst) => {
      const [head = [], ...rows] = align(tabulate(page))
      return [
        ...(isFirst ? [paint.dim(head.join('  ').trimEnd())] : []),
        ...rows.map((row) => row.join('  ').trimEnd()),
      ]
        .map((line) => `  ${line}`)
        .join('\n')
    },
  }
}

function align(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))),
  )
}

/** `08-21 06:00:12` in UTC: a year is in the CSV. */
function shortTime(iso: string | null): string {
  return iso === null ? '' : `${iso.slice(5, 10)} ${iso.slice(11, 19)}Z`
}

// A server's words are a stranger's: a spreadsheet would run a cell that begins like a formula.
function formatCell(value: Cell): string {
  const text = String(value ?? '')
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
