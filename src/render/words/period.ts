import type { Period } from '../../issue/index.ts'

/** Languages that write the largest unit first, so that the end of a range needs only what differs. */
const LARGEST_FIRST = new Set(['ja', 'ko', 'zh'])

/** Making one takes half a millisecond, and the list of issues needs one a row. */
const formats = new Map<string, Intl.DateTimeFormat>()

/** "11–17 March 2024" as the language writes it. */
export function formatPeriod(period: Period, language: string): string {
  const format = formats.get(language) ?? new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' })
  formats.set(language, format)
  const from = new Date(`${period.from}T00:00:00Z`)
  const to = new Date(`${period.to}T00:00:00Z`)
  if (period.from === period.to) return format.format(from)
  // CLDR has no long form of a range for these and falls back to 2026/08/03～2026/08/09.
  if (LARGEST_FIRST.has(language.toLowerCase().split('-')[0] ?? '')) return joinParts(format, from, to)
  return format.formatRange(from, to)
}

/** 2026年8月3日～9日 */
function joinParts(format: Intl.DateTimeFormat, from: Date, to: Date): string {
  const before = format.formatToParts(from)
  const after = format.formatToParts(to)
  const differs = after.findIndex((part, index) => part.value !== before[index]?.value)
  const rest = after.slice(differs).map((part) => part.value)
  return `${format.format(from)}～${rest.join('')}`
}
