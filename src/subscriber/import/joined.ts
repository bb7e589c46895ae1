const DATE =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s?(Z|UTC|[+-]\d{2}:?\d{2})?)?$/i

/** Whole lists joined on some thousand days. */
const MAX_KNOWN = 10_000
const known = new Map<string, number>()

/**
 * A day, or a moment of one, as ISO 8601 writes it; without a zone UTC is meant.
 *
 * @returns milliseconds since 1970, null for an empty cell, or the reason why it is no date.
 */
export function parseJoined(text: string, latestMs: number): number | null | string {
  if (text === '') return null
  let at = known.get(text)
  if (at === undefined) {
    const match = DATE.exec(text)
    if (!match) return `"${text.slice(0, 40)}" is no date; write 2026-08-21, or 2026-08-21T09:30:00Z`
    at = toMs(match)
    if (at === undefined) return `"${text}" is no day of the calendar`
    if (known.size >= MAX_KNOWN) known.clear()
    known.set(text, at)
  }
  if (at < 0 || at > latestMs) return `"${text}" lies ${at < 0 ? 'before 1970' : 'in the future'}`
  return at
}

function toMs(match: RegExpExecArray): number | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const fractionMs = Math.floor(Number(`0.${match[7] ?? '0'}`) * 1000 + 1e-6)
  const ms = Date.UTC(year, month - 1, day, hour, minute, second, fractionMs)
  const isReal = month <= 12 && hour < 24 && minute < 60 && second < 60 && new Date(ms).getUTCDate() === day
  return isReal ? ms - offsetMs(match[8] ?? '') : undefined
}

function offsetMs(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone)
  if (!match) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000
}

/** The shortest text that `parseJoined` reads back exactly. */
export function formatJoined(date: Date): string {
  return date.toISOString().replace(/T00:00:00\.000Z$/, '')
}
