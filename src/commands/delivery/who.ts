import type { Database } from '../../db/index.ts'
import { type DeliveryState, listDeliveries } from '../../delivery/index.ts'
import { createSubscriberStore } from '../../subscriber/index.ts'

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

/** The readers of a run in one state, a page at a time. */
export async function* listReaders(
  db: Database,
  runKey: number,
  state: DeliveryState,
): AsyncGenerator<ReaderDelivery[], void> {
  const store = createSubscriberStore(db, { now: () => new Date(0) })
  for await (const page of listDeliveries(db, runKey, state)) {
    const recipients = await store.readRecipients(page.map(({ readerKey }) => readerKey))
    const emails = new Map(recipients.map(({ subscriber }) => [subscriber.key, subscriber.email]))
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

const COLUMNS = ['email', 'state', 'attempts', 'at', 'dueAt', 'code', 'reply'] as const

export const CSV_HEADER = COLUMNS.join(',')

export function formatCsvRow(row: ReaderDelivery): string {
  return COLUMNS.map((column) => formatCell(row[column])).join(',')
}

// A server's words are a stranger's: a spreadsheet would run a cell that begins like a formula.
function formatCell(value: string | number | null): string {
  const text = String(value ?? '')
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
