import { randomBytes } from 'node:crypto'

/** An id for one reader: opaque, 96 random bits in hexadecimal. Imports make theirs in `import/merge.ts`. */
export function createId(): string {
  return randomBytes(12).toString('hex')
}
