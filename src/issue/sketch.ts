import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { extname } from 'node:path'
import type { Period } from './model.ts'
import { findFrontMatter } from './source/front-matter.ts'
import { findWeek, isDay } from './validate/calendar.ts'

/** Front matter is longer only by accident. */
const HEAD_BYTES = 8 * 1024

/** What the first lines of an issue file say of it. */
export interface IssueSketch {
  readonly title?: string
  readonly period?: Period
  readonly language?: string
  readonly number?: number
  /** The id that the file names itself. */
  readonly id?: string
  readonly draft: boolean
}

/**
 * Looks at the head of an issue file only (at all of a JSON file), for lists of hundreds of issues: some 50 µs a file. Simple values are
 * understood, and nothing is validated; reading the whole file has the last word.
 *
 * @param path - absolute.
 */
export function sketchIssue(path: string): IssueSketch {
  const values = look(path)
  const period = sketchPeriod(values)
  const { title, language, number, id } = values
  return {
    ...(title ? { title } : {}),
    ...(period ? { period } : {}),
    ...(language && isLanguage(language) ? { language } : {}),
    ...(number && /^\d{1,7}$/.test(number) ? { number: Number(number) } : {}),
    ...(id ? { id } : {}),
    draft: values['draft'] === 'true',
  }
}

/** The id that the file names itself, as far as its head tells; undefined when it names none. @param path - absolute. */
export function sketchId(path: string): string | undefined {
  return look(path)['id'] || undefined
}

type Values = Readonly<Record<string, string | undefined>>

function look(path: string): Values {
  const extension = extname(path).toLowerCase()
  return extension === '.json' ? readJson(path) : readValues(readHead(path), extension)
}

function readHead(path: string): string {
  let file: number | undefined
  try {
    // Opening a pipe would wait for its writer.
    if (!statSync(path).isFile()) return ''
    file = openSync(path, 'r')
    const bytes = Buffer.alloc(HEAD_BYTES)
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, HEAD_BYTES, 0)).replace(/^\u{FEFF}/u, '')
  } catch {
    return ''
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

// A program may write it in one line and in any order.
function readJson(path: string): Values {
  try {
    if (!statSync(path).isFile()) return {}
    const data = JSON.parse(readFileSync(path, 'utf8')) as unknown
    const simple = Object.entries(data ?? {}).filter(([, value]) =>
      ['string', 'boolean', 'number'].includes(typeof value),
    )
    return Object.fromEntries(simple.map(([key, value]) => [key, String(value)]))
  } catch {
    return {}
  }
}

function readValues(head: string, extension: string): Values {
  const values: Record<string, string> = {}
  const front = extension === '.md' ? findFrontMatter(head) : head
  const yaml = typeof front === 'string' ? (extension === '.md' ? '' : front) : front.yaml
  for (const [, key = '', value = ''] of yaml.matchAll(/^(\w+):[ \t]+(\S[^\r\n]*)$/gm)) values[key] ??= unquote(value)
  return values
}

// Values that go over several lines, anchors and the like are left to the real reader.
function unquote(text: string): string {
  const value = text.trim()
  if (/^"(?:[^"\\]|\\.)*"/.test(value)) {
    try {
      return String(JSON.parse(/^"(?:[^"\\]|\\.)*"/.exec(value)?.[0] ?? '""'))
    } catch {
      return ''
    }
  }
  const single = /^'((?:[^']|'')*)'/.exec(value)
  if (single) return (single[1] ?? '').replaceAll("''", "'")
  return /^[|>&*!{[@`%]/.test(value) ? '' : value.replace(/\s+#.*$/, '')
}

function sketchPeriod({ week, date, from = date, to = date }: Values): Period | undefined {
  const days = week === undefined ? undefined : findWeek(week)
  if (days && week !== undefined) return { ...days, week }
  return from !== undefined && to !== undefined && isDay(from) && isDay(to) && from <= to ? { from, to } : undefined
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}
