/**
 * CSV as spreadsheets write it (RFC 4180), read in pieces of any size.
 *
 * A quote counts only where a cell begins; in the middle of a cell it is a character like others. A quote that is not
 * closed, or closed too early, costs its own line and no other: reading goes on with the line after it. csv-parse, which the tests compare
 * this with, ends there, and needs four times as long for lists without quotes.
 */
export interface CsvReader {
  readonly write: (text: string) => void
  readonly end: () => void
}

export interface CsvReaderOptions {
  /** One character. */
  readonly delimiter: string
  /** @param line - where the record begins, from 1. */
  readonly onRecord: (cells: string[], line: number) => void
  /** A record that cannot be read; the next one begins on the line after. */
  readonly onProblem: (line: number, reason: string) => void
}

const PROBLEMS = {
  unfinished: 'a quote is opened and never closed',
  malformed: 'text stands after a closing quote; a quote inside a cell is written twice',
} as const

/** An open quote is looked after this far, then given up. */
const MAX_RECORD_LENGTH = 4_000_000

export function createCsvReader({ delimiter, onRecord, onProblem }: CsvReaderOptions): CsvReader {
  let rest = ''
  let line = 1
  const read = (text: string, isEnd: boolean) => {
    let at = 0
    let quote = text.indexOf('"')
    while (at < text.length) {
      const feed = text.indexOf('\n', at)
      if (feed < 0 && !isEnd) break
      const end = feed < 0 ? text.length : feed
      if (quote >= 0 && quote < at) quote = text.indexOf('"', at)
      if (quote < 0 || quote > end) {
        const content = trimReturn(text, at, end)
        if (content !== '') onRecord(content.split(delimiter), line)
        at = end + 1
        line++
        continue
      }
      const record = readQuoted(text, at, delimiter, isEnd)
      if (typeof record === 'string') {
        if (record === 'unfinished' && !isEnd && text.length - at <= MAX_RECORD_LENGTH) break
        onProblem(line, PROBLEMS[record])
        at = end + 1
        line++
        continue
      }
      onRecord(record.cells, line)
      at = record.end
      line += record.lines
    }
    return text.slice(at)
  }
  return {
    write: (text) => {
      rest = read(rest === '' ? text : rest + text, false)
    },
    end: () => {
      rest = read(rest, true)
    },
  }
}

function trimReturn(text: string, from: number, end: number): string {
  return text.slice(from, end > from && text.charCodeAt(end - 1) === 13 ? end - 1 : end)
}

interface QuotedRecord {
  readonly cells: string[]
  /** Just after its line feed. */
  readonly end: number
  /** Lines of the file that it takes. */
  readonly lines: number
}

/** One record with quotes in it, or why there is none (`unfinished`: it does not end in this text). */
function readQuoted(
  text: string,
  from: number,
  delimiter: string,
  isEnd: boolean,
): QuotedRecord | keyof typeof PROBLEMS {
  const cells: string[] = []
  let at = from
  let lines = 1
  let feed = -1
  for (;;) {
    const quoted = text[at] === '"' ? readCell(text, at + 1, isEnd) : undefined
    if (quoted === 'unfinished') return quoted
    if (quoted) {
      lines += countFeeds(quoted.cell)
      at = quoted.end
    }
    if (feed < at) feed = findEnd(text, '\n', at)
    if (feed === text.length && !isEnd) return 'unfinished'
    const next = Math.min(feed, findEnd(text, delimiter, at))
    const plain = next === feed ? trimReturn(text, at, next) : text.slice(at, next)
    if (quoted && plain.trim() !== '') return 'malformed'
    cells.push(quoted?.cell ?? plain)
    at = next + 1
    if (next === feed) return { cells, end: at, lines }
  }
}

function findEnd(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from)
  return at < 0 ? text.length : at
}

/** What stands between quotes; `end` is just after the closing one. */
function readCell(text: string, from: number, isEnd: boolean): { cell: string; end: number } | 'unfinished' {
  let cell = ''
  let at = from
  for (;;) {
    const quote = text.indexOf('"', at)
    // Whether a quote is doubled or the last one, only the next character tells.
    if (quote < 0 || (quote + 1 === text.length && !isEnd)) return 'unfinished'
    cell += text.slice(at, quote)
    if (text[quote + 1] !== '"') return { cell, end: quote + 1 }
    cell += '"'
    at = quote + 2
  }
}

function countFeeds(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}
