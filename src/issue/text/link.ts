import { type Range, stripUnsafe } from '../../base/index.ts'
import { isAllowedLink } from '../block.ts'
import { textErrors } from '../errors/text.ts'
import type { Reading } from '../reading.ts'

/** The address when a reader may follow it; otherwise undefined after a report. */
export function readLink(url: string, range: Range, reading: Reading): string | undefined {
  if (isAllowedLink(url)) return url
  if (/\{\{|%7B%7B/i.test(url)) reading.report(textErrors.slotInLink, range)
  else reading.report(textErrors.forbiddenLink, range, shorten(url))
  return undefined
}

function shorten(url: string): string {
  const clean = stripUnsafe(url)
  return clean === '' ? 'it is empty' : clean.length > 80 ? `${clean.slice(0, 80)}…` : clean
}
