import { LineIndex, type Position, toLine } from '../base/index.ts'
import type { Part } from './finding.ts'

/** One element of the built HTML. Offsets count UTF-16 code units of the whole document. */
export interface HtmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly parent: HtmlElement | undefined
  /** Place of its `<`. */
  readonly start: number
  /** Just after the `>` of its start tag. */
  readonly openEnd: number
  /** Just after its end tag. */
  readonly end: number
}

/**
 * Text that a reader sees as one line of thought: all text between two block-level tags. Code and images stand as
 * U+FFFC, so that rules about prose pass over them; a line break is a line feed.
 */
export interface TextRun {
  readonly value: string
  /** Innermost element that all of the run lies in. */
  readonly parent: HtmlElement | undefined
  /** Where each piece of the run begins: index in `value`, offset in the document. */
  readonly pieces: readonly { readonly index: number; readonly offset: number }[]
}

/** Text between two tags, code included, in the element that styles it. */
export interface TextNode {
  /** With entities decoded. */
  readonly value: string
  readonly parent: HtmlElement | undefined
  /** Where it begins in the document. */
  readonly offset: number
}

/** A built HTML document, parsed once for all rules. */
export interface HtmlPage {
  readonly source: string
  /** In document order. */
  readonly elements: readonly HtmlElement[]
  readonly runs: readonly TextRun[]
  /** In document order; text that nobody reads (styles, scripts) is left out. */
  readonly texts: readonly TextNode[]
  readonly lines: LineIndex
}

/** Longest piece of a document that a finding quotes. */
const MAX_EXCERPT = 120

/** Stands for code and images in a run of text. */
export const OBJECT = '\u{FFFC}'

/** One line of at most 120 characters from a text of any size. */
export function cutExcerpt(text: string): string {
  const line = toLine(text.slice(0, MAX_EXCERPT * 4))
  return line.length > MAX_EXCERPT ? `${line.slice(0, MAX_EXCERPT - 1).trimEnd()}…` : line
}

/** A place in the HTML, in the shape that `report` takes. */
export interface HtmlPlace {
  readonly part: Part
  readonly position: Position
  readonly excerpt: string
}

export function placeElement(page: HtmlPage, element: HtmlElement): HtmlPlace {
  const excerpt = cutExcerpt(page.source.slice(element.start, element.openEnd))
  return { part: 'html', position: page.lines.position(element.start), excerpt }
}

/** @param index - where in the run's value the thing found begins. */
export function placeInRun(page: HtmlPage, run: TextRun, index: number): HtmlPlace {
  const piece = run.pieces.findLast((candidate) => candidate.index <= index) ?? run.pieces[0]
  const position = page.lines.position((piece?.offset ?? 0) + Math.max(0, index - (piece?.index ?? 0)))
  return {
    part: 'html',
    position,
    excerpt: cutExcerpt(run.value.slice(Math.max(0, index - 30)).replaceAll(OBJECT, '…')),
  }
}

export function placeTextNode(page: HtmlPage, { value, offset }: TextNode): HtmlPlace {
  const indent = value.length - value.trimStart().length
  return { part: 'html', position: page.lines.position(offset + indent), excerpt: cutExcerpt(value.slice(indent)) }
}

/** The nearest element of that name around another. */
export function findAncestor(element: HtmlElement, name: string): HtmlElement | undefined {
  let current = element.parent
  while (current && current.name !== name) current = current.parent
  return current
}

/** The elements inside another one. */
export function listInside(page: HtmlPage, outer: HtmlElement): HtmlElement[] {
  const inside: HtmlElement[] = []
  for (let at = findFirst(page.elements, outer.openEnd); at < page.elements.length; at++) {
    const element = page.elements[at]
    if (!element || element.start >= outer.end) break
    inside.push(element)
  }
  return inside
}

// Elements stand in document order, and a page may have as many links as elements.
function findFirst(elements: readonly HtmlElement[], offset: number): number {
  let low = 0
  let high = elements.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((elements[middle]?.start ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}

/** Whether a reader finds words in an element: text, or an image that says something. */
export function hasWords(page: HtmlPage, outer: HtmlElement): boolean {
  const inner = page.source.slice(outer.openEnd, outer.end).replaceAll(/<!--[\s\S]*?-->|<[^>]*>/g, '')
  if (/[^\s\u{200B}-\u{200D}\u{2060}\u{FEFF}]/u.test(inner.replaceAll(/&(?:nbsp|zwnj|zwj|#8203|#847);/g, '')))
    return true
  return listInside(page, outer).some((element) => element.name === 'img' && Boolean(element.attributes.alt?.trim()))
}
