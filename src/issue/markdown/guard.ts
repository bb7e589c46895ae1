import { fileErrors } from '../errors/file.ts'
import type { Reading } from '../reading.ts'
import type { Locate } from '../source/locate.ts'

/** More marks of containers at the beginning of a line than any mail program shows. */
const MAX_CONTAINERS = 40
/** More brackets, stars or underscores in one paragraph than a person writes; the parser's work grows with their square. */
const MAX_MARKS = 4000

// Marks of containers in a row, or the indentation of a list as deep.
const DEEP = new RegExp(
  `^(?:(?:[ \\t]*(?:>|[-+*](?=[ \\t])|\\d{1,9}[.)](?=[ \\t]))){${MAX_CONTAINERS}}|[ \\t]{80,}(?:[-+*]|\\d{1,9}[.)])[ \\t])`,
)
/** More containers open at a time than blocks may nest, which is one. */
const MAX_FENCES = 10
/** More footnotes than an issue has entries. */
const MAX_NOTES = 500

/**
 * Refuses text that is built to keep the parser busy, before it is parsed.
 *
 * @returns false after a report.
 */
export function guardNesting(source: string, locate: Locate, reading: Reading): boolean {
  let marks = 0
  let fences = 0
  let notes = 0
  let at = 0
  for (const line of source.split(/\r\n|\n|\r/)) {
    marks = line.trim() === '' ? 0 : marks + countMarks(line)
    fences = Math.max(0, fences + countFences(line))
    if (/^[ \t]*\[\^/.test(line)) notes++
    if (marks > MAX_MARKS || notes > MAX_NOTES || fences > MAX_FENCES || DEEP.test(line)) {
      reading.report(fileErrors.tooDeep, locate(at, at + line.length))
      return false
    }
    at += line.length + (source.startsWith('\r\n', at + line.length) ? 2 : 1)
  }
  return true
}

function countFences(line: string): number {
  const match = /^[ \t]*:{3,}(.?)/.exec(line)
  if (!match) return 0
  return /[\p{L}\p{N}]/u.test(match[1] ?? '') ? 1 : -1
}

function countMarks(line: string): number {
  let count = 0
  for (let i = 0; i < line.length; i++) if ('[]*_!~`<&$\\{'.includes(line[i] ?? ' ')) count++
  return count
}
