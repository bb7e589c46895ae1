import type { Queries } from '../db/index.ts'

/** Why an address is never to be mailed again. */
export type SuppressionReason = 'bounced' | 'complained' | 'author'

export interface Suppression {
  readonly reason: SuppressionReason
  readonly at: Date
  readonly detail?: string
}

/** Adds an address; the first reason stays. @param emailKey - of `toEmailKey`. */
export async function writeSuppression(queries: Queries, emailKey: string, suppression: Suppression): Promise<void> {
  await queries.run(
    'INSERT INTO suppressions (email_key, reason, at, detail) VALUES (?, ?, ?, ?) ON CONFLICT (email_key) DO NOTHING',
    [emailKey, suppression.reason, suppression.at, suppression.detail ?? null],
  )
}

export async function findSuppression(queries: Queries, emailKey: string): Promise<Suppression | undefined> {
  const row = await queries.get<{ reason: string; at: number; detail: string | null }>(
    'SELECT reason, at, detail FROM suppressions WHERE email_key = ?',
    [emailKey],
  )
  if (!row) return undefined
  const { reason, at, detail } = row
  return { reason: reason as SuppressionReason, at: new Date(at), ...(detail === null ? {} : { detail }) }
}
