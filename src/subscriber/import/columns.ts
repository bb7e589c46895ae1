import { AppError, findNearest, toLine } from '../../base/index.ts'
import { ambiguousColumns, missingColumn } from '../errors.ts'

/** Columns with a meaning of their own; any other becomes a field. */
export const KNOWN_COLUMNS = ['email', 'name', 'language', 'tags', 'status', 'joined', 'source'] as const

export type KnownColumn = (typeof KNOWN_COLUMNS)[number]

/** Where in a row each value stands. */
export interface Columns {
  readonly known: Readonly<Partial<Record<KnownColumn, number>>> & { readonly email: number }
  readonly fields: readonly (readonly [name: string, index: number])[]
  readonly count: number
  readonly remarks: readonly string[]
}

const MAX_FIELDS = 200

/**
 * Reads the first line of a list.
 *
 * @throws AppError `subscriber/missing-column` with the columns found; `subscriber/ambiguous-columns`
 */
export function readColumns(header: readonly string[], fileName: string): Columns {
  const names = header.map((cell) => toLine(cell))
  const remarks: string[] = []
  const seen = new Map<string, number>()
  const pairs: string[] = []
  for (const [index, name] of names.entries()) {
    const key = normalizeColumn(name)
    if (key === undefined) {
      remarks.push(describeUnusable(name, index))
      continue
    }
    const before = seen.get(key)
    if (before !== undefined) pairs.push(`${quote(names[before] ?? '')} and ${quote(name)} (${key})`)
    else seen.set(key, index)
    if (before === undefined && !isKnown(key) && key !== name)
      remarks.push(`Column ${quote(name)} becomes fields.${key}.`)
  }
  const email = seen.get('email')
  if (email === undefined) throw refuseMissing(names, fileName)
  if (pairs.length > 0) {
    throw new AppError(ambiguousColumns.code, ambiguousColumns.message(fileName, pairs), {
      kind: 'usage',
      hint: ambiguousColumns.hint(),
    })
  }
  const known = { ...Object.fromEntries([...seen].filter(([key]) => isKnown(key))), email }
  const fields = [...seen].filter(([key]) => !isKnown(key)).toSorted(([a], [b]) => (a < b ? -1 : 1))
  if (fields.length > MAX_FIELDS) remarks.push(`Only the first ${MAX_FIELDS} of ${fields.length} fields are taken.`)
  return { known, fields: fields.slice(0, MAX_FIELDS), count: header.length, remarks }
}

function isKnown(key: string): key is KnownColumn {
  return (KNOWN_COLUMNS as readonly string[]).includes(key)
}

/** `Company name` → `company_name`; undefined when nothing of [a-z][a-z0-9_]* is left. */
function normalizeColumn(name: string): string | undefined {
  const key = name
    .replace(/^fields\./i, '')
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
  // A name of another script must not shrink to the one Latin letter in it.
  const letters = name.match(/[\p{L}\p{N}]/gu) ?? []
  const isWhole = letters.every((letter) => /[a-z0-9]/i.test(letter.normalize('NFKD')))
  return isWhole && /^[a-z][a-z0-9_]{0,63}$/.test(key) ? key : undefined
}

function describeUnusable(name: string, index: number): string {
  return name === ''
    ? `Column ${index + 1} has no name and is left out.`
    : `Column ${quote(name)} is left out: a field's name needs Latin letters and digits and begins with a letter, such as company.`
}

function refuseMissing(names: readonly string[], fileName: string): AppError {
  const named = names.filter((name) => name !== '').slice(0, 40)
  const near =
    named.find((name) => /e-?mail|address|^mail/i.test(name)) ??
    findNearest(
      'email',
      named.map((name) => name.toLowerCase()),
    )
  return new AppError(missingColumn.code, missingColumn.message(fileName, named.map(shorten)), {
    kind: 'usage',
    hint: missingColumn.hint(near && shorten(near)),
  })
}

function quote(name: string): string {
  return `"${shorten(name)}"`
}

// A file without a header has readers in its first line: no address may reach a log.
function shorten(name: string): string {
  const short = name.length > 40 ? `${name.slice(0, 40)}…` : name
  return short.replaceAll(/[^\s@]+@[^\s@]+/g, '(an address)')
}
