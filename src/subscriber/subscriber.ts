import type { Address } from '../base/index.ts'
import type { Reader } from './reader.ts'
import type { SubscriberStatus } from './status.ts'
import { splitTags } from './tags.ts'

/** A reader of the list. `id` is opaque, for tokens and Message-IDs. */
export interface Subscriber extends Reader {
  /** Counts up in the order in which readers joined the store; never given twice. For cursors and the ledger. */
  readonly key: number
  readonly status: SubscriberStatus
  readonly joinedAt: Date
  /** Where they signed up, in the author's words. */
  readonly source?: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A row of `subscribers`. */
export interface SubscriberRow {
  readonly key: number
  readonly id: string
  readonly email: string
  readonly name: string | null
  readonly language: string | null
  readonly status: string
  readonly tags: string
  readonly fields: string
  readonly joined_at: number
  readonly source: string | null
  readonly created_at: number
  readonly updated_at: number
}

/** What a statement selects for `readRow`. */
export const COLUMNS =
  'subscribers.key, id, email, name, language, status, tags, fields, joined_at, source, created_at, updated_at'

/** Rows were validated when they were written, so they are trusted here. */
export function readRow(row: SubscriberRow): Subscriber {
  return {
    ...readReader(row),
    key: row.key,
    status: row.status as SubscriberStatus,
    joinedAt: new Date(row.joined_at),
    ...(row.source === null ? {} : { source: row.source }),
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  }
}

/** What of a row a mail is written with. */
export function readReader(row: Pick<SubscriberRow, 'id' | 'email' | 'name' | 'language' | 'tags' | 'fields'>): Reader {
  return {
    id: row.id,
    email: row.email as Address,
    ...(row.name === null ? {} : { name: row.name }),
    ...(row.language === null ? {} : { language: row.language }),
    tags: row.tags === '' ? [] : splitTags(row.tags),
    fields: row.fields === '{}' ? {} : (JSON.parse(row.fields) as Record<string, string>),
  }
}
