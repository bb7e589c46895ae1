import { type Address, toLine } from '../../base/index.ts'
import { toEmailKey } from '../email-key.ts'
import { unguardFormula } from '../formula.ts'
import { isStatus, STATUSES, type SubscriberStatus } from '../status.ts'
import { joinTags, normalizeTag } from '../tags.ts'
import { createAddressReader } from './address.ts'
import { cleanLine } from './clean.ts'
import type { Columns, KnownColumn } from './columns.ts'
import { parseJoined } from './joined.ts'
import { readLanguage } from './language.ts'

/** One reader as a list tells it; what the list does not say is null (tags and fields: empty). */
export interface Draft {
  readonly email: Address
  readonly emailKey: string
  readonly name: string | null
  readonly language: string | null
  readonly status: SubscriberStatus | null
  /** As stored: `;beta;weekly;` */
  readonly tags: string
  /** JSON */
  readonly fields: string
  readonly joinedMs: number | null
  readonly source: string | null
}

/** A draft with what was changed about it, or the reason why there is none. */
export type RowResult = { readonly draft: Draft; readonly cleaned: string | undefined } | { readonly reason: string }

const MAX_CELL = 10_000
const MAX_SHORT = 300

/** Reads rows of one list. @param now - joining after it (and a day for time zones) is refused. */
export function createRowReader(columns: Columns, now: Date): (cells: readonly string[]) => RowResult {
  const { known, fields, count } = columns
  const readers: Readers = {
    address: createAddressReader(),
    tags: createTagReader(),
    latestMs: now.getTime() + 86_400_000,
  }
  return (cells) => {
    const misshapen = findMisshapen(cells, count)
    if (misshapen !== undefined) return { reason: misshapen }
    const cell = (column: KnownColumn) => {
      const index = known[column]
      return index === undefined ? '' : unguardFormula((cells[index] ?? '').trim())
    }
    const values = readValues(cell, readers)
    if (typeof values === 'string') return { reason: values }
    const [name, source] = [cell('name'), cell('source')]
    const [cleanName, cleanSource] = [cleanLine(name), cleanLine(source)]
    if (cleanName.length > MAX_SHORT || cleanSource.length > MAX_SHORT) {
      return { reason: `name or source has more than ${MAX_SHORT} characters` }
    }
    const { json, cleaned: cleanedField } = readFields(fields, cells)
    const cleaned = cleanName === name ? (cleanSource === source ? cleanedField : 'source') : 'name'
    return {
      draft: { ...values, name: cleanName || null, source: cleanSource || null, fields: json },
      cleaned: cleaned && `${cleaned}: line breaks, doubled blanks or control characters were removed`,
    }
  }
}

interface Readers {
  readonly address: (text: string) => Address | undefined
  readonly tags: (cell: string) => string | undefined
  readonly latestMs: number
}

type Values = Pick<Draft, 'email' | 'emailKey' | 'language' | 'status' | 'tags' | 'joinedMs'>

/** The values that can be wrong, or the reason. */
function readValues(cell: (column: KnownColumn) => string, readers: Readers): Values | string {
  const given = cell('email')
  const email = readers.address(given)
  if (email === undefined) return explainAddress(given)
  const status = cell('status').toLowerCase()
  if (status !== '' && !isStatus(status)) return `"${show(status)}" is no status; write ${STATUSES.join(', ')}`
  const language = readLanguage(cell('language'))
  if (language === undefined) return `"${show(cell('language'))}" is no language tag such as en or pt-BR`
  const joinedMs = parseJoined(cell('joined'), readers.latestMs)
  if (typeof joinedMs === 'string') return joinedMs
  const tags = readers.tags(cell('tags'))
  if (tags === undefined) return 'a tag is longer than 64 characters'
  return { email, emailKey: toEmailKey(email), language, status: status === '' ? null : status, tags, joinedMs }
}

function findMisshapen(cells: readonly string[], count: number): string | undefined {
  const long = findLong(cells)
  if (long !== undefined) {
    return `cell ${long + 1} has ${cells[long]?.length ?? 0} characters; at most ${MAX_CELL} are taken`
  }
  if (cells.length <= count || cells.slice(count).every((cell) => cell.trim() === '')) return undefined
  return `it has ${cells.length} cells where the first line names ${count} columns; is a quote missing?`
}

function findLong(cells: readonly string[]): number | undefined {
  for (let index = 0; index < cells.length; index++) if ((cells[index]?.length ?? 0) > MAX_CELL) return index
  return undefined
}

/** A list has few different cells of tags. */
const MAX_CELLS = 5000

/** Tags of a cell as they are stored; undefined when one cannot be a tag. */
function createTagReader(): (cell: string) => string | undefined {
  const known = new Map<string, string>()
  return (cell) => {
    const before = known.get(cell)
    if (before !== undefined) return before
    const tags = cell
      .split(';')
      .filter((part) => cleanLine(part.trim()) !== '')
      .map(normalizeTag)
    if (!tags.every((tag) => tag !== undefined)) return undefined
    if (known.size >= MAX_CELLS) known.clear()
    const stored = joinTags(tags)
    known.set(cell, stored)
    return stored
  }
}

/** JSON of the fields that have a value, and the first one whose value was changed. */
function readFields(
  fields: Columns['fields'],
  cells: readonly string[],
): { json: string; cleaned: string | undefined } {
  let json = ''
  let cleaned: string | undefined
  for (const [name, index] of fields) {
    const text = unguardFormula((cells[index] ?? '').trim())
    const clean = cleanLine(text)
    if (clean !== text) cleaned ??= name
    if (clean !== '') json += `${json === '' ? '{' : ','}"${name}":${JSON.stringify(clean)}`
  }
  return { json: json === '' ? '{}' : `${json}}`, cleaned }
}

/** The words for a bad address hold no more of it than is needed to see the fault. */
function explainAddress(text: string): string {
  if (text === '') return 'it has no address'
  // oxlint-disable-next-line no-control-regex
  if (/[\u{0}-\u{1F}\u{7F}-\u{9F}\u{2028}\u{2029}]/u.test(text))
    return `the address "${show(text)}" holds a line break or control character`
  if (!text.includes('@')) return `"${show(text)}" is no address: it has no @`
  if (/[,;\s]/.test(text)) return `"${show(text)}" is not one plain address: one row, one address, no name with it`
  return `"${show(text)}" is no valid address`
}

function show(text: string): string {
  const line = toLine(text)
  return line.length > 60 ? `${line.slice(0, 60)}…` : line
}
