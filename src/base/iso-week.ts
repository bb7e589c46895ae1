const DAY_MS = 86_400_000

/**
 * The ISO week of a day, in UTC.
 *
 * @returns `2024-W11`
 * @see ISO 8601: week 1 is the one with the year's first Thursday
 */
export function weekOf(day: Date): string {
  const thursday = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()))
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7))
  const year = thursday.getUTCFullYear()
  const number = Math.ceil(((thursday.getTime() - Date.UTC(year, 0, 1)) / DAY_MS + 1) / 7)
  return `${year}-W${String(number).padStart(2, '0')}`
}

/** The day a week later. */
export function addWeek(day: Date): Date {
  return new Date(day.getTime() + 7 * DAY_MS)
}
