import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { slugify } from '../base/index.ts'
import type { Block, Flow, ImageData, Issue } from '../issue/index.ts'
import type { RenderedImage } from './rendered.ts'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.gif': 'image/gif',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
}

/**
 * Gives every local image of an issue the address that readers load it from: below `archiveUrl` when the newsletter
 * has a site, else a Content-ID (RFC 2392), so that it travels in the mail.
 */
export function placeImages(issue: Issue, archiveUrl: string | undefined): { issue: Issue; images: RenderedImage[] } {
  const images = new Map<string, RenderedImage>()
  const place = (image: ImageData): ImageData => {
    if (!image.path) return image
    const known = images.get(image.path) ?? describeImage(image.path, archiveUrl)
    images.set(image.path, known)
    return { ...image, src: known.src }
  }
  const placed = mapImages(issue, place)
  // Two files of the same bytes have one Content-ID, and one of them is enough.
  return { issue: placed, images: [...new Map(Array.from(images.values(), (image) => [image.src, image])).values()] }
}

function describeImage(path: string, archiveUrl: string | undefined): RenderedImage {
  const ending = extname(path).toLowerCase()
  const digest = createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 12)
  // The digest keeps two files of one name apart, and an edited image out of the caches of mail proxies.
  const filename = `${slugify(basename(path, extname(path))) || 'image'}-${digest}${ending}`
  const contentType = CONTENT_TYPES[ending] ?? 'application/octet-stream'
  if (archiveUrl) return { src: `${archiveUrl}${encodeURIComponent(filename)}`, path, filename, contentType }
  const cid = `${digest}@letterpress.invalid`
  return { src: `cid:${cid}`, cid, path, filename, contentType }
}

type Place = (image: ImageData) => ImageData

// The tree holds images at any depth and in the attributes of blocks of the author, so it is walked generically.
function mapImages(issue: Issue, place: Place): Issue {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk)
    if (!isPlain(value)) return value
    const copy = Object.fromEntries(
      Object.entries(value).map(([key, child]) => [key, key === 'range' ? child : walk(child)]),
    )
    return isImage(copy) ? { ...copy, ...place(copy) } : copy
  }
  return {
    ...issue,
    opening: walk(issue.opening) as Issue['opening'],
    sections: walk(issue.sections) as Issue['sections'],
    closing: walk(issue.closing) as Issue['closing'],
  }
}

// A block's attributes may hold dates, addresses and whatever else its schema makes.
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function isImage(value: object): value is ImageData & (Flow | Block) {
  return 'src' in value && 'path' in value && typeof value.src === 'string' && typeof value.path === 'string'
}
