/** Cells a text takes in a fixed-width font: East Asian wide characters two, combining marks and slot marks none. */
export function measureCells(text: string): number {
  const plain = shortenMarks(text).replaceAll(/[\p{Mn}\p{Me}\p{Cf}]/gu, '')
  return Array.from(plain.replaceAll(WIDE, 'xx')).length
}

const WIDE =
  /[\u{1100}-\u{115F}\u{2E80}-\u{303E}\u{3041}-\u{A4CF}\u{AC00}-\u{D7A3}\u{F900}-\u{FAFF}\u{FE30}-\u{FE6F}\u{FF00}-\u{FF60}\u{FFE0}-\u{FFE6}\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/gu

// A slot takes about as much room as its fallback, or a name.
function shortenMarks(text: string): string {
  return text.replaceAll(/\u{E000}[\w.-]+\u{E001}(-|[0-9a-f]*)\u{E002}/gu, (_, hex: string) =>
    'x'.repeat(hex === '-' ? 12 : Math.max(3, hex.length / 2)),
  )
}

// Between two wide characters a line may break, but not before closing or after opening punctuation (JIS X 4051).
const NO_START = /^[、。，．・：；？！」』）】〕〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ…‥”’)\]}.,;:!?]/u
const NO_END = /[「『（【〔〈《“‘([{]$/u

interface Piece {
  readonly text: string
  readonly cells: number
  /** Whether a blank stood before it. */
  readonly spaced: boolean
}

/**
 * Breaks a text into lines of at most `width` cells; words that are longer (URLs) stay whole.
 *
 * @param indent - put before every line; `first` before the first instead.
 */
export function wrapText(text: string, width: number, indent = '', first = indent): string[] {
  return text.split('\n').flatMap((line, index) => wrapLine(line, width, indent, index === 0 ? first : indent))
}

function wrapLine(text: string, width: number, indent: string, first: string): string[] {
  const lines: string[] = []
  let line = first
  let cells = measureCells(first)
  let isEmpty = true
  for (const piece of cutPieces(text)) {
    const blank = piece.spaced && !isEmpty ? 1 : 0
    if (!isEmpty && cells + blank + piece.cells > width) {
      lines.push(line)
      line = indent + piece.text
      cells = measureCells(indent) + piece.cells
    } else {
      line += (blank ? ' ' : '') + piece.text
      cells += blank + piece.cells
    }
    isEmpty = false
  }
  lines.push(line.trimEnd())
  return lines
}

function cutPieces(text: string): Piece[] {
  const pieces: Piece[] = []
  for (const word of text.split(/[ \t]+/).filter(Boolean)) {
    let isFirst = true
    for (const part of splitWide(word)) {
      pieces.push({ text: part, cells: measureCells(part), spaced: isFirst })
      isFirst = false
    }
  }
  return pieces
}

function splitWide(word: string): string[] {
  if (word.search(WIDE) < 0) return [word]
  const parts: string[] = []
  for (const match of word.matchAll(new RegExp(`${WIDE.source}|[^]`, 'gu'))) {
    const char = match[0]
    const last = parts.at(-1)
    const isWide = char.search(WIDE) >= 0
    const lastIsWide = last !== undefined && Array.from(last).at(-1)?.search(WIDE) === 0
    if (last === undefined || (!isWide && !lastIsWide) || NO_START.test(char) || NO_END.test(last)) {
      parts.splice(Math.max(0, parts.length - 1), 1, (last ?? '') + char)
    } else parts.push(char)
  }
  return parts
}
