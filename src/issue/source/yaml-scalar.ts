import type { Scalar } from 'yaml'
import type { LineIndex, Range } from '../../base/index.ts'
import { type Locate, locateAt, locateLines, locateMapped, locateWhole } from './locate.ts'

/**
 * How offsets in a string's value become places in the file: exact where its characters stand there as they are,
 * otherwise the whole scalar.
 */
export function locateScalar(
  node: Scalar,
  value: string,
  text: string,
  shift: number,
  range: Range,
  lines: LineIndex,
): Locate {
  const [start, end] = node.range ?? [0, 0]
  const written = text.slice(start, end)
  if (node.type === 'BLOCK_LITERAL') return locateLines(lines, value, findLines(value, text, start, shift))
  if (node.type === 'PLAIN' && written === value) return locateAt(lines, start + shift)
  const isQuoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE'
  if (isQuoted && written.slice(1, -1) === value) return locateAt(lines, start + shift + 1)
  const places = isQuoted ? mapEscapes(written, start + shift) : []
  return places.length === value.length + 1 ? locateMapped(lines, places) : locateWhole(range)
}

// YAML 1.2.2 §5.7 and §7.3.2; a line end folds, so a text of several lines is not mapped.
const DOUBLE = /\\(?:x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8}|.)|[^\\]/gs
const SINGLE = /''|[^']/gs

/** The offset of each character of a quoted text, and of its closing quote. */
function mapEscapes(written: string, at: number): number[] {
  if (/[\r\n]/.test(written)) return []
  const places: number[] = []
  const inside = written.slice(1, -1)
  for (const { 0: unit, index } of inside.matchAll(written.startsWith('"') ? DOUBLE : SINGLE)) {
    places.push(at + 1 + index)
    // Beyond U+FFFF a character is two in JavaScript.
    if (unit.startsWith('\\U') && !unit.startsWith('\\U0000')) places.push(at + 1 + index)
  }
  return [...places, at + 1 + inside.length]
}

// The lines of a literal stand below its header as they are, but for their indentation (YAML 1.2.2 §8.1.2).
function findLines(value: string, text: string, start: number, shift: number): number[] {
  const starts: number[] = []
  let at = lineAfter(text, start)
  for (const line of value.split('\n')) {
    const next = lineAfter(text, at)
    const written = text.slice(at, next).replace(/[\r\n]+$/, '')
    starts.push(shift + at + Math.max(0, written.length - line.length))
    at = next
  }
  return starts
}

function lineAfter(text: string, at: number): number {
  const match = /\r\n|\n|\r/g
  match.lastIndex = at
  const found = match.exec(text)
  return found ? found.index + found[0].length : text.length
}
