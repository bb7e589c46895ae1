import { realpathSync, statSync } from 'node:fs'
import { extname, isAbsolute, relative, resolve, sep } from 'node:path'
import { type Range, stripUnsafe } from '../../base/index.ts'
import { textErrors } from '../errors/text.ts'
import type { ImageData } from '../model.ts'
import type { Reading } from '../reading.ts'
import { measureImage } from './measure-image.ts'

const EXTENSIONS = ['.png', '.jpg', '.jpeg', '.gif', '.webp', '.svg']

/**
 * Looks for an image.
 *
 * @param source - as written: a path relative to `folder`, or an https address.
 * @returns undefined after a report.
 */
export function readImage(source: string, folder: string, range: Range, reading: Reading): ImageData | undefined {
  const shown = stripUnsafe(source).slice(0, 200)
  // A quotation mark would end the address where a template puts it into `url('…')`.
  const isSafe = URL.canParse(source) && shown === source && !/["'<>\\\s]/.test(source)
  if (/^https:\/\/[^/?#]/i.test(source) && isSafe) return { src: source }
  // Two slashes and `C:` are no paths either; a browser would take them for a host and a scheme.
  if (/^[a-z][a-z0-9+.-]+:/i.test(source) || source.startsWith('//')) {
    reading.report(textErrors.remoteImage, range, shown)
    return undefined
  }
  const path = resolveInside(source, folder, reading.options.root)
  if (path === undefined) {
    reading.report(textErrors.imageOutside, range, shown)
    return undefined
  }
  return readFile(source, path, folder, range, reading)
}

function readFile(source: string, path: string, folder: string, range: Range, reading: Reading): ImageData | undefined {
  const { root } = reading.options
  let real: string
  try {
    real = realpathSync(path)
    if (!statSync(real).isFile()) throw new Error('not a file')
  } catch {
    reading.report(textErrors.missingImage, range, source, relative(root, folder).replaceAll(sep, '/') || '.')
    return undefined
  }
  // A link in the folder must not publish a file from elsewhere.
  if (!isInside(real, realpathSync(root))) {
    reading.report(textErrors.imageOutside, range, source)
    return undefined
  }
  const size = EXTENSIONS.includes(extname(path).toLowerCase()) ? measureImage(real) : undefined
  if (!size) {
    reading.report(textErrors.imageFormat, range, source)
    return undefined
  }
  return { src: source, path, ...size }
}

function resolveInside(source: string, folder: string, root: string): string | undefined {
  let decoded: string
  try {
    decoded = decodeURIComponent(source)
  } catch {
    decoded = source
  }
  if (/[\\\p{Cc}]/u.test(decoded) || isAbsolute(decoded) || decoded.startsWith('~')) return undefined
  const path = resolve(folder, decoded)
  return isInside(path, root) ? path : undefined
}

function isInside(path: string, root: string): boolean {
  const way = relative(root, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
