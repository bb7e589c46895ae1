import { escapeHtml, toLine } from '../base/index.ts'
import type { Segments, SlotUse } from './rendered.ts'

export { isSlotName, SLOT_NAMES } from '../issue/index.ts'

// Private-use characters frame a slot on its way through a template engine. Author's text cannot forge them: the
// reader of issue files removes private-use characters (base/text.ts). The fallback is hex, which no engine escapes.
const OPEN = '\u{E000}'
const BETWEEN = '\u{E001}'
const CLOSE = '\u{E002}'
const MARK = /\u{E000}([\w.-]+)\u{E001}(-|[0-9a-f]*)\u{E002}/gu

/** The mark that a template prints where a slot stands. */
export function markSlot(name: string, fallback?: string): string {
  return `${OPEN}${name}${BETWEEN}${fallback === undefined ? '-' : Buffer.from(fallback).toString('hex')}${CLOSE}`
}

/** Cuts text that a template printed into fixed parts and slots. */
export function splitSlots(text: string): Segments {
  const out: (string | SlotUse)[] = []
  let end = 0
  for (const match of text.matchAll(MARK)) {
    if (match.index > end) out.push(text.slice(end, match.index))
    const fallback = match[2] === '-' ? undefined : Buffer.from(match[2] ?? '', 'hex').toString()
    out.push({ slot: match[1] ?? '', ...(fallback === undefined ? {} : { fallback }) })
    end = match.index + match[0].length
  }
  if (end < text.length) out.push(text.slice(end))
  return out
}

/** One reader's values by slot name; a missing or empty one takes the fallback. */
export type SlotValues = Readonly<Record<string, string | undefined>>

/** `html` escapes values for text and quoted attributes; `text` and `header` keep them on one line. */
export type SlotFormat = 'html' | 'text' | 'header'

/** Text for one reader. */
export function fillSlots(segments: Segments, values: SlotValues, format: SlotFormat): string {
  let out = ''
  for (const segment of segments) out += typeof segment === 'string' ? segment : fillSlot(segment, values, format)
  return out
}

/** What stands in place of one slot for one reader; see `fillSlots`. */
export function fillSlot({ slot, fallback }: SlotUse, values: SlotValues, format: SlotFormat): string {
  const value = toLine(Object.hasOwn(values, slot) ? (values[slot] ?? '') : '') || fallback || ''
  return format === 'html' ? escapeHtml(value) : value
}

/** The slots of a text, each name once, with whether every use has a fallback. */
export function listSlots(segments: Segments): ReadonlyMap<string, { hasFallback: boolean }> {
  const found = new Map<string, { hasFallback: boolean }>()
  for (const segment of segments) {
    if (typeof segment === 'string') continue
    const hasFallback = Boolean(segment.fallback) && (found.get(segment.slot)?.hasFallback ?? true)
    found.set(segment.slot, { hasFallback })
  }
  return found
}
