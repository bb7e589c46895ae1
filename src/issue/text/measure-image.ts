import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'

// Loaded with the first image: most issues have none, and every start would pay for it.
const load = createRequire(import.meta.url)

/** A larger file is no image for a mail. */
const MAX_BYTES = 20 * 1024 * 1024
const TYPES = ['png', 'jpg', 'gif', 'webp', 'svg']

/** Width and height in CSS pixels as stored in the file. */
export interface ImageSize {
  readonly width: number
  readonly height: number
}

/** The size of an image file by its content, or undefined when it is no PNG, JPEG, GIF, WebP or SVG. */
export function measureImage(path: string): ImageSize | undefined {
  if (statSync(path).size > MAX_BYTES) return undefined
  const { imageSize } = load('image-size') as typeof import('image-size')
  try {
    const { width, height, type } = imageSize(readFileSync(path))
    return TYPES.includes(type ?? '') && width > 0 && height > 0 ? { width, height } : undefined
  } catch {
    // Whatever image-size stumbles over is no image that a mail program could show.
    return undefined
  }
}
