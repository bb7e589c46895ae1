import { basename, extname } from 'node:path'

/** The name of an issue file without its folder and extension. */
export function slugOf(file: string): string {
  return basename(file, extname(file))
}
