import type { Diagnostic } from './diagnostic.ts'

/** Longest piece of a source line that is shown; a minified or hostile line must not fill the terminal. */
const MAX_WIDTH = 100

/** How styled words are written: identity where there is no colour. */
export interface Paint {
  readonly red: (text: string) => string
  readonly yellow: (text: string) => string
  readonly dim: (text: string) => string
  readonly bold: (text: string) => string
  readonly cyan: (text: string) => string
  readonly green: (text: string) => string
}

/**
 * The lines around a place with a caret under it.
 *
 * @param source - the whole file.
 * @returns lines joined with `\n`, without a final one; empty when the diagnostic has no place.
 */
export function formatCodeFrame(diagnostic: Diagnostic, source: string, paint: Paint): string {
  const { range } = diagnostic
  if (!range) return ''
  const lines = source.split(/\r\n|\n|\r/)
  const first = Math.max(1, range.start.line - 1)
  const last = Math.min(lines.length, range.start.line + 1)
  const digits = String(last).length
  const out: string[] = []
  for (let number = first; number <= last; number++) {
    const line = lines[number - 1] ?? ''
    const marked = number === range.start.line
    const from = Math.max(0, marked ? range.start.column - 1 - Math.floor(MAX_WIDTH / 2) : 0)
    const shown = clean(line.slice(from, from + MAX_WIDTH))
    const gutter = `${marked ? '>' : ' '} ${String(number).padStart(digits)} |`
    out.push(`${paint.dim(gutter)} ${shown}`.trimEnd())
    if (marked) {
      const before = clean(line.slice(from, range.start.column - 1))
      const end = range.end.line === range.start.line ? range.end.column - 1 : line.length
      const width = Math.max(
        1,
        measureWidth(clean(line.slice(range.start.column - 1, Math.min(end, from + MAX_WIDTH)))),
      )
      out.push(
        `${paint.dim(`${' '.repeat(digits + 2)} |`)} ${' '.repeat(measureWidth(before))}${paint.red('^'.repeat(width))}`,
      )
    }
  }
  return out.join('\n')
}

// Control characters of a hostile file must not reach the terminal; tabs become one blank so that the caret stays true.
function clean(text: string): string {
  return text.replaceAll('\t', ' ').replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\u{FFFD}')
}

// East Asian wide characters take two cells, combining marks none, and the caret must stand under them.
function measureWidth(text: string): number {
  return text
    .replaceAll(/[\p{Mn}\p{Me}]/gu, '')
    .replaceAll(
      /[\u{1100}-\u{115F}\u{2E80}-\u{A4CF}\u{AC00}-\u{D7A3}\u{F900}-\u{FAFF}\u{FE30}-\u{FE6F}\u{FF00}-\u{FF60}\u{FFE0}-\u{FFE6}\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/gu,
      '  ',
    ).length
}
