import { type HtmlPage, placeElement } from './html.ts'
import { listParts } from './issue-tree.ts'
import { type FoundLink, listLinks } from './links.ts'
import type { Issue } from '../issue/index.ts'

/** An address that a reader's client opens or loads. */
export interface FoundAddress extends Pick<FoundLink, 'url' | 'place'> {
  readonly kind: 'link' | 'image'
}

/** Links and images of an issue at their place in the file, then those that only the template has, each address once. */
export function listAddresses(issue: Issue, html: HtmlPage): FoundAddress[] {
  const links = listLinks(issue, html).map(({ url, place }) => ({ url, place, kind: 'link' as const }))
  const { images, blockImages } = listParts(issue)
  const own = [...images.map(({ image }) => ({ image, range: image.range })), ...blockImages].map(
    ({ image, range }) => ({ url: image.src, place: { range }, kind: 'image' as const }),
  )
  const known = new Set(own.map(({ url }) => url))
  const others = html.elements.flatMap((element) => {
    const src = element.name === 'img' ? element.attributes['src']?.trim() : element.attributes['background']?.trim()
    if (!src || known.has(src)) return []
    known.add(src)
    return [{ url: src, place: placeElement(html, element), kind: 'image' as const }]
  })
  return [...links, ...own, ...others]
}
