import { readFileSync } from 'node:fs'
import { AppError } from '../base/index.ts'
import { imageChanged } from './errors.ts'
import { hashRendered } from './hash-rendered.ts'
import type { Rendered } from './rendered.ts'

/**
 * Reads the images of an issue into memory: what becomes of the files afterwards changes nothing.
 *
 * @returns the bytes of an image by its path.
 * @throws AppError `render/image-changed` when they are not those that the hash stands for.
 */
export function holdImages(rendered: Rendered): (path: string) => Uint8Array {
  const { hash, ...content } = rendered
  const held = readAll(rendered)
  const readImage = (path: string): Uint8Array => {
    const bytes = held?.get(path)
    if (!bytes) throw new TypeError('an image of the issue is missing')
    return bytes
  }
  if (held && hashRendered(content, readImage) === hash) return readImage
  const { code, message, hint } = imageChanged
  throw new AppError(code, message(rendered.issueId), { kind: 'usage', hint: hint() })
}

function readAll({ images }: Rendered): ReadonlyMap<string, Uint8Array> | undefined {
  try {
    return new Map(images.map(({ path }) => [path, readFileSync(path)]))
  } catch {
    return undefined
  }
}
