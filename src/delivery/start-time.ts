const DAY_MS = 24 * 3_600_000
const HOUR_MS = 3_600_000
/** Further away it is a slip of the pen. */
const MAX_AHEAD_MS = 366 * DAY_MS
/** Typing takes a moment. */
const GRACE_MS = 60_000

const FULL = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?\s?(Z|[+-]\d{2}:?\d{2})?$/i

/** What a text for a time comes to. */
export type ParsedStart =
  | { readonly startsAt: Date /** Worth saying. */; readonly remark?: string }
  | { readonly problem: string }

/**
 * Reads `2026-11-27 08:00` (local time), the same with `T`, seconds or an offset (`Z`, `+01:00`), `08:00` for the next
 * such time, and `now`. A local time that the change of clocks leaves out is a problem; of one that comes twice, the first
 * is meant.
 */
export function parseStart(text: string, now: Date): ParsedStart {
  const trimmed = text.trim()
  if (trimmed.toLowerCase() === 'now') return { startsAt: now }
  const time = /^(\d{1,2}):(\d{2})$/.exec(trimmed)
  if (time) return findNext(Number(time[1]), Number(time[2]), now)
  const full = FULL.exec(trimmed)
  if (!full) return { problem: 'it is no date and time' }
  const parts = full.slice(1, 7).map((part) => Number(part ?? 0))
  return isCalendar(parts) ? check(parts, full[7], now) : { problem: 'there is no such date or time' }
}

function check(parts: Parts, offset: string | undefined, now: Date): ParsedStart {
  const startsAt = offset === undefined ? toLocal(parts) : toAbsolute(parts, offset)
  if (!startsAt) return { problem: 'that moment does not exist here: the clocks go forward over it' }
  const aheadMs = startsAt.getTime() - now.getTime()
  if (aheadMs < -GRACE_MS) return { problem: `that is in the past (it is ${formatLocal(now)})` }
  if (aheadMs > MAX_AHEAD_MS) return { problem: 'that is more than a year away' }
  return withRemark(startsAt, offset === undefined)
}

/** Year, month (1 to 12), day, hour, minute, second. */
type Parts = readonly number[]

function isCalendar([year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0]: Parts): boolean {
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60
}

function toLocal([year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0]: Parts): Date | undefined {
  const date = new Date(year, month - 1, day, hour, minute, second)
  return date.getHours() === hour && date.getMinutes() === minute ? date : undefined
}

function toAbsolute([year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0]: Parts, offset: string): Date {
  const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})$/.exec(offset) ?? []
  const offsetMs = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second) - offsetMs)
}

function findNext(hour: number, minute: number, now: Date): ParsedStart {
  if (hour > 23 || minute > 59) return { problem: 'there is no such time' }
  // Some day has it, also when the clocks change tonight.
  for (let ahead = 0; ahead < 3; ahead++) {
    const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + ahead)
    const date = toLocal([day.getFullYear(), day.getMonth() + 1, day.getDate(), hour, minute, 0])
    if (date && date > now) return withRemark(date, true)
  }
  return { problem: 'there is no such time' }
}

function withRemark(startsAt: Date, isLocal: boolean): ParsedStart {
  const again = new Date(startsAt.getTime() + HOUR_MS)
  const isTwice = isLocal && again.getHours() === startsAt.getHours()
  return isTwice ? { startsAt, remark: 'The clocks go back then: the first of the two is meant.' } : { startsAt }
}

/** `Fri 2026-11-27 08:00 +01:00`: the time on the author's own clock. */
export function formatLocal(date: Date): string {
  const two = (number: number) => String(Math.abs(Math.trunc(number))).padStart(2, '0')
  const offset = -date.getTimezoneOffset()
  const zone = offset === 0 ? 'UTC' : `${offset < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`
  const day = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][date.getDay()] ?? ''
  const [year, month] = [String(date.getFullYear()).padStart(4, '0'), two(date.getMonth() + 1)]
  return `${day} ${year}-${month}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())} ${zone}`
}
