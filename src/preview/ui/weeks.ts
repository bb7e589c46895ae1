const DAY_MS = 86_400_000

/** ISO 8601 week of a day, `2026-W48`, by the author's own calendar. */
export function weekOf(day: Date): string {
  // The week belongs to the year of its Thursday.
  const thursday = new Date(Date.UTC(day.getFullYear(), day.getMonth(), day.getDate()))
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7))
  const year = thursday.getUTCFullYear()
  const days = (thursday.getTime() - Date.UTC(year, 0, 1)) / DAY_MS
  return `${year}-W${String(Math.floor(days / 7) + 1).padStart(2, '0')}`
}

/** The first week from today that has no issue; their slugs begin with it. */
export function findFreeWeek(today: Date, slugs: readonly string[]): string {
  const day = new Date(today)
  while (slugs.some((slug) => slug.toLowerCase().startsWith(weekOf(day).toLowerCase()))) day.setDate(day.getDate() + 7)
  return weekOf(day)
}

/** `2026-w48-a-title`: what stands in addresses and names the file. */
export function proposeSlug(week: string, title: string): string {
  const words = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
  return [week.toLowerCase(), words].filter(Boolean).join('-').slice(0, 60).replace(/-+$/, '')
}
