import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Rendered } from './rendered.ts'

/** SHA-256 (hex) of everything but the hash itself. @param readImage - bytes of an image by its path; default: the file's. */
export function hashRendered(
  content: Omit<Rendered, 'hash'>,
  readImage: (path: string) => Uint8Array = readFileSync,
): string {
  const images = content.images.map(({ src, path }) => [
    src,
    createHash('sha256').update(readImage(path)).digest('hex'),
  ])
  return createHash('sha256')
    .update(JSON.stringify({ ...content, images }))
    .digest('hex')
}
