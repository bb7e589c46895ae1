import type { Range } from '../base/index.ts'
import { type HtmlPage, type HtmlPlace, listInside, placeElement } from './html.ts'
import { listParts } from './issue-tree.ts'
import type { Issue } from '../issue/index.ts'
import { readWords } from './visible.ts'

/** A link with its place, ready for `report`. */
export interface FoundLink {
  readonly url: string
  readonly place: { readonly range: Range } | HtmlPlace
  /** What it reads as, alternative texts included; missing where a template chooses the words of an issue's link. */
  readonly words?: string
  readonly hasImage: boolean
}

// Many rules ask for them.
const found = new WeakMap<HtmlPage, { readonly issue: Issue; readonly links: readonly FoundLink[] }>()

/** Every link of an issue at its place in the file, then those that only the template has, each address once. */
export function listLinks(issue: Issue, html: HtmlPage): readonly FoundLink[] {
  const known = found.get(html)
  if (known?.issue === issue) return known.links
  const links = findLinks(issue, html)
  found.set(html, { issue, links })
  return links
}

function findLinks(issue: Issue, html: HtmlPage): FoundLink[] {
  const own: FoundLink[] = listParts(issue).links.map(({ range, ...link }) => ({ ...link, place: { range } }))
  const known = new Set(own.map((link) => link.url))
  for (const element of html.elements) {
    const url = element.attributes['href']?.trim()
    if (!url || known.has(url) || (element.name !== 'a' && element.name !== 'area')) continue
    known.add(url)
    const hasImage = listInside(html, element).some(({ name }) => name === 'img')
    own.push({ url, place: placeElement(html, element), words: readWords(html, element), hasImage })
  }
  return own
}

/** Host of an http(s) address in lower case, without a final dot; undefined for any other address. */
export function readHost(url: string): string | undefined {
  const parsed = /^https?:/i.test(url) ? URL.parse(url) : null
  return parsed?.hostname.replace(/\.$/, '')
}
