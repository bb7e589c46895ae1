import type { ImageData } from '../issue/index.ts'
import type { Rendered, RenderedImage } from '../render/index.ts'
import { placeElement } from './html.ts'
import { listParts } from './issue-tree.ts'
import type { FoundLink } from './links.ts'
import type { RenderedContext } from './rule.ts'

/** An image of the mail with its place, ready for `report`. */
export interface FoundImage {
  /** As it stands in the HTML. */
  readonly src: string
  /** As its author wrote it. */
  readonly name: string
  /** The file that is sent along or published; missing for a remote image. */
  readonly file?: RenderedImage
  readonly place: FoundLink['place']
}

/** Images of an issue at their place in the file, then those that only the template has, each address once. */
export function findImages({ issue, html, rendered }: RenderedContext<unknown>): FoundImage[] {
  const files = new Map(rendered.images.map((image) => [image.src, image]))
  const { images, blockImages } = listParts(issue)
  const known = new Set<string>()
  const found: FoundImage[] = []
  const add = (src: string, name: string, place: FoundImage['place']): void => {
    if (known.has(src)) return
    known.add(src)
    const file = files.get(src)
    found.push({ src, name, place, ...(file && { file }) })
  }
  for (const { image } of images) add(findAddress(image, rendered), image.src, { range: image.range })
  for (const { image, range } of blockImages) add(findAddress(image, rendered), image.src, { range })
  for (const element of html.elements) {
    const src = element.name === 'img' ? element.attributes['src']?.trim() : undefined
    if (src) add(src, files.get(src)?.filename ?? src, placeElement(html, element))
  }
  return found
}

/** The address that the renderer gave an image of the issue: a local one is sent along or published. */
export function findAddress(image: ImageData, rendered: Rendered): string {
  if (image.path === undefined) return image.src
  return rendered.images.find(({ path }) => path === image.path)?.src ?? image.src
}
