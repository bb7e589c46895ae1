import type { Queries } from '../db/index.ts'

/** What a reader, or the author for them, said about getting mail; never changed or removed afterwards. */
export type ConsentKind = 'imported' | 'added' | 'form' | 'confirmed' | 'unsubscribed' | 'bounced' | 'complained'

/** One line of the consent ledger. */
export interface Consent {
  readonly at: Date
  readonly kind: ConsentKind
  /** What brought it: `import`, `author`, `link`, `one-click`, `bounce` … */
  readonly source?: string
  /** A file's name, a form's wording; never a secret. */
  readonly detail?: string
}

/** Writes one line; the same kind in the same millisecond is one line. */
export async function recordConsent(queries: Queries, subscriberKey: number, consent: Consent): Promise<void> {
  await queries.run(
    'INSERT INTO consents (subscriber_key, at, kind, source, detail) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    [subscriberKey, consent.at, consent.kind, consent.source ?? null, consent.detail ?? null],
  )
}

/** A reader's ledger, oldest first. */
export async function listConsents(queries: Queries, subscriberKey: number): Promise<Consent[]> {
  const rows = await queries.all<{ at: number; kind: string; source: string | null; detail: string | null }>(
    'SELECT at, kind, source, detail FROM consents WHERE subscriber_key = ? ORDER BY at, kind',
    [subscriberKey],
  )
  return rows.map(({ at, kind, source, detail }) => ({
    at: new Date(at),
    kind: kind as ConsentKind,
    ...(source === null ? {} : { source }),
    ...(detail === null ? {} : { detail }),
  }))
}
