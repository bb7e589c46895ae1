import type { InboxSummary } from '../../api.ts'

const openedAt = new Date().toISOString()
const opened = new Set<string>()

/** Of this page alone: nothing is remembered beyond it. */
export function markOpened(id: string): void {
  opened.add(id)
}

/** Whether it has come since the page was opened, and nobody has looked at it. */
export function isNew({ id, date }: InboxSummary): boolean {
  return date > openedAt && !opened.has(id)
}
