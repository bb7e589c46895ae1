import type { Period } from '../../issue/index.ts'

/** "11–17 March 2024" as the language writes it. */
export function formatPeriod(period: Period, language: string): string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' })
  const from = new Date(`${period.from}T00:00:00Z`)
  const to = new Date(`${period.to}T00:00:00Z`)
  return period.from === period.to ? format.format(from) : format.formatRange(from, to)
}
