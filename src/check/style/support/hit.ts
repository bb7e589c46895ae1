import type { Severity } from '../../../base/index.ts'
import { type HtmlElement, type HtmlPage, hasWords, listInside } from '../../html.ts'
import type { Look } from '../look.ts'
import type { Feature } from './features.ts'

/** A use of something that some clients drop, without a fallback. */
export interface Hit {
  /** What is dropped; each of these breaks it. */
  readonly features: readonly Feature[]
  readonly severity: Severity
  /** What stands in the mail; the names of the clients follow. */
  readonly what: string
  /** What a reader finds there; it follows the names. */
  readonly effect: string
  readonly remedy: string
  /** The element, or where it stands in a style. */
  readonly at: HtmlElement | number
}

/** Looks for uses of one kind. */
export type Detector = (page: HtmlPage, look: Look) => Hit[]

/** Whether there is something in it that a reader would miss. */
export function hasContent(page: HtmlPage, element: HtmlElement): boolean {
  return (
    element.name === 'img' || hasWords(page, element) || listInside(page, element).some(({ name }) => name === 'img')
  )
}

/** What stands in a page just before an element: a conditional comment, say. */
export function readBefore({ source }: HtmlPage, { start }: HtmlElement): string {
  return source.slice(Math.max(0, start - 1_000), start).trimEnd()
}

/** What stands between the tag of an element and the first one in it, conditional comments included. */
export function readBeginning(page: HtmlPage, element: HtmlElement): string {
  const [first] = listInside(page, element)
  return page.source.slice(element.openEnd, first?.start ?? element.end)
}

/** Whether a comment for classic Outlook opens a table there. */
export function hasGhost(markup: string): boolean {
  return /<(?:table|td)\b/i.test(readLastComment(markup))
}

/** Whether a comment for classic Outlook draws a shape there, which holds the background. */
export function hasShape(markup: string): boolean {
  return /<v:/i.test(readLastComment(markup))
}

function readLastComment(markup: string): string {
  const comment = markup.slice(markup.lastIndexOf('<!--[if'))
  return /^<!--\[if[^\]]*mso/i.test(comment) ? comment : ''
}
