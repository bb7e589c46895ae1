import { escapeHtml } from '../../base/index.ts'
import type { ImageData } from '../../issue/index.ts'
import type { Theme } from '../theme.ts'
import type { Words } from '../words/words.ts'

/** What writing HTML fragments needs to know. */
export interface HtmlContext {
  readonly theme: Theme
  readonly words: Words
  readonly direction: 'ltr' | 'rtl'
  /** Room for a picture, in CSS pixels. */
  readonly width: number
}

/** Side where lines begin. Physical sides are used since mail clients drop the logical properties. */
export function startOf(direction: HtmlContext['direction']): 'left' | 'right' {
  return direction === 'rtl' ? 'right' : 'left'
}

/** Side where lines end. */
export function endOf(direction: HtmlContext['direction']): 'left' | 'right' {
  return direction === 'rtl' ? 'left' : 'right'
}

/** An element's attributes, each with a blank before it; values are escaped, missing ones left out. */
export function writeAttributes(attributes: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeHtml(String(value))}"`))
    .join('')
}

/** Size in CSS pixels that fits into `room`; the room itself for a picture of unknown size. */
export function fitImage(image: ImageData, room: number): { readonly width: number; readonly height?: number } {
  if (image.width === undefined) return { width: room }
  const width = Math.min(image.width, room)
  return image.height === undefined ? { width } : { width, height: Math.round((image.height * width) / image.width) }
}
