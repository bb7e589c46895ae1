import { type HtmlElement, type HtmlPage, hasWords, type TextRun } from '../html.ts'

/** A link with words, and the line of thought it stands in. */
export interface LinkInRun {
  readonly link: HtmlElement
  /** What is said around it and around the other links of that line. */
  readonly outside: string
}

/** Every link that has words, in document order. */
export function listLinkRuns(page: HtmlPage): LinkInRun[] {
  const links = page.elements.filter(({ name, attributes }) => name === 'a' && 'href' in attributes)
  const runs = page.runs.map((run) => ({ run, outside: readOutside(run, links) }))
  let at = 0
  return links
    .filter((link) => hasWords(page, link))
    .map((link) => {
      while (at < runs.length && endOf(runs[at]?.run) < link.openEnd) at++
      return { link, outside: runs[at]?.outside ?? '' }
    })
}

function endOf(run: TextRun | undefined): number {
  return run?.pieces.at(-1)?.offset ?? 0
}

function readOutside({ value, pieces }: TextRun, links: readonly HtmlElement[]): string {
  const [first] = pieces
  const last = pieces.at(-1)
  if (!first || !last) return ''
  const near = links.filter(({ start, end }) => start <= last.offset && end >= first.offset)
  return pieces
    .filter(({ offset }) => !near.some(({ start, end }) => start <= offset && offset < end))
    .map((piece) => value.slice(piece.index, pieces[pieces.indexOf(piece) + 1]?.index))
    .join(' ')
}
