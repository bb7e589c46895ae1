/**
 * `active` gets mail. `pending` asked for it and has not confirmed. The others never get mail again: they left, mail to
 * them comes back, or they reported it as abuse.
 */
export type SubscriberStatus = 'active' | 'pending' | 'unsubscribed' | 'bounced' | 'complained'

export const STATUSES = ['active', 'pending', 'unsubscribed', 'bounced', 'complained'] as const

/** From a mere technical state to a person's word; a list or a form may only go up, never back. */
const RANK: Readonly<Record<SubscriberStatus, number>> = {
  active: 0,
  pending: 0,
  bounced: 1,
  unsubscribed: 2,
  complained: 3,
}

export function isStatus(text: string): text is SubscriberStatus {
  return (STATUSES as readonly string[]).includes(text)
}

/** Whether a reader of this status must not get mail, whatever a list says. */
export function isFinal(status: SubscriberStatus): boolean {
  return RANK[status] > 0
}

/** Whether `next` says more than `known`, so that it takes its place. */
export function outranks(next: SubscriberStatus, known: SubscriberStatus): boolean {
  return RANK[next] > RANK[known]
}

/** The same as SQL. @param column - SQL for a status. */
export function rankSql(column: string): string {
  const cases = STATUSES.filter(isFinal).map((status) => `WHEN '${status}' THEN ${RANK[status]}`)
  return `CASE ${column} ${cases.join(' ')} ELSE 0 END`
}
