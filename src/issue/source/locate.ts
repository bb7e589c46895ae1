import type { LineIndex, Range } from '../../base/index.ts'

/** Turns two offsets of a piece of text into the place in the file where that text stands. */
export type Locate = (start: number, end: number) => Range

/** For text that stands in the file as it is, `shift` characters from the beginning. */
export function locateAt(lines: LineIndex, shift: number): Locate {
  return (start, end) => lines.range(start + shift, end + shift)
}

/**
 * For text with escapes.
 *
 * @param places - offset in the file of each character of the text, and of its end.
 */
export function locateMapped(lines: LineIndex, places: readonly number[]): Locate {
  const at = (offset: number): number => places[Math.min(offset, places.length - 1)] ?? 0
  return (start, end) => lines.range(at(start), at(end))
}

/** For text that was escaped or folded, so that only the place of the whole is known. */
export function locateWhole(range: Range): Locate {
  return () => range
}

/**
 * For text whose lines stand in the file each with its own indentation.
 *
 * @param text - offsets given to the result count in this text.
 * @param starts - offset in the file of each line of `text`.
 */
export function locateLines(lines: LineIndex, text: string, starts: readonly number[]): Locate {
  const own: number[] = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) own.push(at + 1)
  const place = (offset: number): number => {
    let low = 0
    let high = Math.min(own.length, starts.length) - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((own[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return (starts[low] ?? 0) + offset - (own[low] ?? 0)
  }
  return (start, end) => lines.range(place(start), place(end))
}
