/** Where the front matter of a Markdown file stands. */
export interface FrontMatter {
  /** The YAML between the two fences. */
  readonly yaml: string
  /** Offset of `yaml` in the file. */
  readonly start: number
  /** Offset behind the closing fence. */
  readonly end: number
}

/** Finds front matter: a first line `---` and the next such line. */
export function findFrontMatter(source: string): FrontMatter | 'missing' | 'unclosed' {
  const opening = /^---[ \t]*(?:\r\n|\n|\r)/.exec(source)
  if (!opening) return 'missing'
  const start = opening[0].length
  const closing = /^---[ \t]*$/gm
  closing.lastIndex = start
  const match = closing.exec(source)
  if (!match) return 'unclosed'
  return { yaml: source.slice(start, match.index), start, end: match.index + match[0].length }
}

/** The text with blanks in place of its front matter, so that offsets in it are offsets in the file. */
export function blankOut(source: string, end: number): string {
  return source.slice(0, end).replaceAll(/[^\r\n]/g, ' ') + source.slice(end)
}
