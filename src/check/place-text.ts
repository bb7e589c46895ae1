import { LineIndex, type Range } from '../base/index.ts'
import type { PlacedText } from './issue-tree.ts'

/**
 * The place of a piece of an issue's text.
 *
 * Exact where the file holds the line as it reads. Where escapes, entities or typographic characters make them differ
 * it is the line; without the file's text, or in an attribute of a block, all of the text's range.
 */
export function placeText(text: PlacedText, index: number, length: number, source: string | undefined): Range {
  const { start, end } = text.range
  if (source === undefined || !text.isExact) return text.range
  const written = source.slice(start.offset, end.offset).split('\n')
  const read = text.value.split('\n')
  if (written.length !== read.length) return text.range
  const before = text.value.slice(0, index).split('\n')
  const line = before.length - 1
  const writtenLine = written[line] ?? ''
  const readLine = read[line] ?? ''
  const offset = start.offset + written.slice(0, line).reduce((sum, { length: width }) => sum + width + 1, 0)
  const indent = writtenLine.length - writtenLine.trimStart().length
  const lines = new LineIndex(source)
  if (writtenLine.trim() !== readLine.trim()) return lines.range(offset + indent, offset + writtenLine.trimEnd().length)
  const column = (before[line] ?? '').length - (readLine.length - readLine.trimStart().length)
  return lines.range(offset + indent + column, offset + indent + column + length)
}
