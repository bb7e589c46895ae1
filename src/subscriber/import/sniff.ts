const DELIMITERS = [',', ';', '\t'] as const

/** How a list is written. */
export interface Shape {
  readonly delimiter: string
  /** Old Macintosh line ends: a carriage return alone. */
  readonly isReturnOnly: boolean
  /** The first line is Excel's `sep=;`, and no header. */
  readonly hasSepLine: boolean
}

/** Reads the shape off the beginning of a file, up to at least the end of its first line. */
export function sniffShape(text: string): Shape {
  const isReturnOnly = /^[^\n\r]*\r(?!\n)/.test(text) && !text.includes('\n')
  const sep = /^"?sep=(.)"?\r?[\n\r]/i.exec(text)?.[1]
  const delimiter = sep ?? pickDelimiter(/^[^\n\r]*/.exec(text)?.[0] ?? '')
  return { delimiter, isReturnOnly, hasSepLine: sep !== undefined }
}

// What stands around `email` says more than what is frequent: `Tags;email,name` has both.
function pickDelimiter(header: string): string {
  const outside = header.replaceAll(/"[^"]*"/g, (quoted) => quoted.replaceAll(/[,;\t]/g, ' '))
  const [best] = DELIMITERS.map((delimiter) => {
    const cells = outside.split(delimiter)
    const names = cells.map((cell) => cell.trim().replaceAll('"', '').toLowerCase())
    return { delimiter, score: (names.includes('email') ? 1000 : 0) + cells.length }
  }).toSorted((a, b) => b.score - a.score)
  return best?.delimiter ?? ','
}
