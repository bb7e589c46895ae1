import type { Range } from '../base/index.ts'
import { type HtmlPage, type HtmlPlace, placeElement } from './html.ts'
import { listParts } from './issue-tree.ts'
import type { Issue } from '../issue/index.ts'

/** A link with its place, ready for `report`. */
export interface FoundLink {
  readonly url: string
  readonly place: { readonly range: Range } | HtmlPlace
}

/** Every link of an issue at its place in the file, then those that only the template has, each address once. */
export function listLinks(issue: Issue, html: HtmlPage): FoundLink[] {
  const own: FoundLink[] = listParts(issue).links.map(({ url, range }) => ({ url, place: { range } }))
  const known = new Set(own.map((link) => link.url))
  for (const element of html.elements) {
    const url = element.attributes['href']?.trim()
    if (!url || known.has(url) || (element.name !== 'a' && element.name !== 'area')) continue
    known.add(url)
    own.push({ url, place: placeElement(html, element) })
  }
  return own
}
