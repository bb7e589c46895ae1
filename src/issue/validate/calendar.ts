const DAY_MS = 86_400_000

/** Whether this is a day of the calendar: `2024-02-29`, not `2024-02-31`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && formatDay(time) === text
}

/** Whether this is a day, a month or a year. */
export function isPaperDate(text: string): boolean {
  return isDay(text) || (/^\d{4}-\d{2}$/.test(text) && isDay(`${text}-01`)) || /^\d{4}$/.test(text)
}

/** Whether this is an ISO 8601 week that exists: `2024-W11`. */
export function isWeek(text: string): boolean {
  return findWeek(text) !== undefined
}

/** Monday and Sunday of an ISO 8601 week. */
export function findWeek(text: string): { from: string; to: string } | undefined {
  const match = /^(\d{4})-W(\d{2})$/.exec(text)
  const year = Number(match?.[1])
  const week = Number(match?.[2])
  if (!match || year < 1 || week < 1 || week > 53) return undefined
  // The week with 4 January is the first of its year.
  const fourth = Date.parse(`${match[1]}-01-04T00:00:00Z`)
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY_MS + (week - 1) * 7 * DAY_MS
  // A week belongs to the year of its Thursday.
  if (new Date(monday + 3 * DAY_MS).getUTCFullYear() !== year) return undefined
  return { from: formatDay(monday), to: formatDay(monday + 6 * DAY_MS) }
}

function formatDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
