import { type HtmlElement, type HtmlPage, listInside, type TextRun } from './html.ts'

const HIDING = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d]))/i
const FONT_SIZE = /(?:^|;)\s*(?:font-size\s*:\s*([\d.]*)|font\s*:)/i

/**
 * Whether nobody sees the text that stands directly in an element: it is in the head, or an inline style of it or around
 * it hides it. What style sheets do is not known here.
 */
export function isHidden(element: HtmlElement | undefined): boolean {
  // MJML sets cells to 0 and the text in them to a size again, against gaps between inline blocks: the nearest counts.
  let size: number | undefined
  for (let current = element; current; current = current.parent) {
    const { name, attributes } = current
    const style = attributes['style'] ?? ''
    if (name === 'head' || name === 'title' || 'hidden' in attributes || HIDING.test(style)) return true
    const found = FONT_SIZE.exec(style)
    if (found) size ??= found[1] === undefined ? 1 : Number(found[1])
  }
  return size === 0
}

const visible = new WeakMap<HtmlPage, readonly TextRun[]>()

/** The runs of text that a reader sees; of an element inside a run that is hidden by itself nothing is known here. */
export function listVisibleRuns(page: HtmlPage): readonly TextRun[] {
  const known = visible.get(page)
  if (known) return known
  const runs = page.runs.filter((run) => !isHidden(run.parent))
  visible.set(page, runs)
  return runs
}

interface Piece {
  readonly offset: number
  readonly text: string
}

const pieces = new WeakMap<HtmlPage, readonly Piece[]>()

/** What an element reads as: its text with decoded entities, and the alternative texts of its images. */
export function readWords(page: HtmlPage, outer: HtmlElement): string {
  const texts = listPieces(page)
  const inside: Piece[] = []
  for (let at = findFirst(texts, outer.openEnd); at < texts.length; at++) {
    const piece = texts[at]
    if (!piece || piece.offset >= outer.end) break
    inside.push(piece)
  }
  const images = new Map(
    listInside(page, outer).flatMap(({ name, attributes, start }) =>
      name === 'img' ? [[start, attributes['alt'] ?? ''] as const] : [],
    ),
  )
  return inside
    .map(({ offset, text }) => images.get(offset) ?? text)
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

function listPieces(page: HtmlPage): readonly Piece[] {
  const known = pieces.get(page)
  if (known) return known
  const all = page.runs.flatMap((run) =>
    run.pieces.map(({ index, offset }, at) => ({ offset, text: run.value.slice(index, run.pieces[at + 1]?.index) })),
  )
  pieces.set(page, all)
  return all
}

function findFirst(texts: readonly Piece[], offset: number): number {
  let low = 0
  let high = texts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((texts[middle]?.offset ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}
