import { AppError, findNearest } from '../base/index.ts'
import { type Dialect, phrasesOf, type SqlValue } from '../db/index.ts'
import { invalidSegment } from './errors.ts'
import { normalizeTag } from './tags.ts'

/** Which active readers: all of them, or those with a tag. */
export type Segment = { readonly kind: 'all' } | { readonly kind: 'tag'; readonly tag: string }

export const EVERYBODY: Segment = { kind: 'all' }

/** A condition of SQL with its values, in order. */
export interface Condition {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

const TERMS = ['tag'] as const

/**
 * Reads a segment query: `tag:NAME`, or nothing for everybody.
 *
 * @throws AppError `subscriber/invalid-segment` with what is wrong and how to write it.
 */
export function parseSegment(query: string): Segment {
  const text = query.trim()
  if (text === '') return EVERYBODY
  const [, term, value] = /^([^:\s]+)\s*:\s*(.*)$/s.exec(text) ?? []
  if (term === undefined || value === undefined) throw refuse(text, `"${text}" has no colon`, `tag:${text}`)
  if (term.toLowerCase() !== 'tag') {
    const near = findNearest(term.toLowerCase(), TERMS)
    throw refuse(text, `readers cannot be chosen by "${term}"`, `${near ?? 'tag'}:${value || 'NAME'}`)
  }
  const tag = normalizeTag(value.replace(/^"(.*)"$/s, '$1'))
  if (tag === undefined) throw refuse(text, 'the name of the tag is missing, or is none', 'tag:NAME')
  if (/\s(?:and|or|not)\s|\s\S+:/i.test(value)) throw refuse(text, 'it can name one tag', `tag:${tag.split(' ')[0]}`)
  return { kind: 'tag', tag }
}

function refuse(text: string, reason: string, suggestion: string): AppError {
  return new AppError(invalidSegment.code, invalidSegment.message(text, reason), {
    kind: 'usage',
    hint: invalidSegment.hint(suggestion),
  })
}

/** The query a segment was read from. */
export function formatSegment(segment: Segment): string {
  return segment.kind === 'all' ? '' : `tag:${segment.tag}`
}

/**
 * Which rows of `subscribers` belong to a segment, whatever their status.
 *
 * @param table - alias of `subscribers` in the statement.
 */
export function segmentCondition(segment: Segment, dialect: Dialect, table = 'subscribers'): Condition {
  if (segment.kind === 'all') return { sql: '1 = 1', values: [] }
  return { sql: phrasesOf(dialect).contains(`${table}.tags`, '?'), values: [`;${segment.tag};`] }
}

/**
 * Who gets an issue: the active readers of a segment whose addresses are not suppressed. For statements of other
 * modules too: `INSERT … SELECT key FROM subscribers WHERE ${sql}`.
 */
export function audienceCondition(segment: Segment, dialect: Dialect, table = 'subscribers'): Condition {
  const { sql, values } = segmentCondition(segment, dialect, table)
  const isMailable = `${table}.status = 'active' AND NOT EXISTS (SELECT 1 FROM suppressions WHERE suppressions.email_key = ${table}.email_key)`
  return { sql: `${isMailable} AND ${sql}`, values }
}
