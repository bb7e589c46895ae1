import { fileErrors } from '../errors/file.ts'
import type { Reading } from '../reading.ts'
import type { Locate } from '../source/locate.ts'

/** More marks of containers at the beginning of a line than any mail program shows. */
const MAX_CONTAINERS = 40
/** More brackets, stars or underscores in one paragraph than a person writes; the parser's work grows with their square. */
const MAX_MARKS = 2000

const CONTAINERS = new RegExp(`^(?:[ \\t]*(?:>|[-+*](?=[ \\t])|\\d{1,9}[.)](?=[ \\t]))){${MAX_CONTAINERS}}`)

/**
 * Refuses text that is built to keep the parser busy, before it is parsed.
 *
 * @returns false after a report.
 */
export function guardNesting(source: string, locate: Locate, reading: Reading): boolean {
  let marks = 0
  let at = 0
  while (at <= source.length) {
    const match = /\r\n|\n|\r/g
    match.lastIndex = at
    const end = match.exec(source)?.index ?? source.length
    const line = source.slice(at, end)
    marks = line.trim() === '' ? 0 : marks + countMarks(line)
    if (marks > MAX_MARKS || CONTAINERS.test(line)) {
      reading.report(fileErrors.tooDeep, locate(at, end))
      return false
    }
    at = end + (source.startsWith('\r\n', end) ? 2 : 1)
  }
  return true
}

function countMarks(line: string): number {
  let count = 0
  for (let i = 0; i < line.length; i++) if ('[]*_!~`<&$\\{'.includes(line[i] ?? ' ')) count++
  return count
}
