import type { Queries } from '../db/index.ts'

/** A test message that the server took. */
export interface SentTest {
  readonly issueId: string
  /** Of Rendered: what was looked at. */
  readonly hash: string
  readonly at: Date
  readonly transport: string
}

export async function recordTest(db: Queries, { issueId, hash, at, transport }: SentTest): Promise<void> {
  await db.run('INSERT INTO tests (issue_id, hash, at, transport) VALUES (?, ?, ?, ?)', [issueId, hash, at, transport])
}

/**
 * The hashes of everything whose test counts for a send by this transport: a test into the embedded inbox says nothing
 * of how a server takes the message, while one by a server is enough for a rehearsal into the inbox.
 */
export async function listTestedHashes(db: Queries, transport: 'smtp' | 'inbox'): Promise<Set<string>> {
  const rows = await db.all<{ hash: string }>(`SELECT DISTINCT hash FROM tests WHERE ${countsFor(transport)}`)
  return new Set(rows.map(({ hash }) => hash))
}

/** The newest test of exactly this content that counts for a send by this transport, as for `listTestedHashes`. */
export async function findTest(db: Queries, hash: string, transport: 'smtp' | 'inbox'): Promise<SentTest | undefined> {
  const row = await db.get<{ issue_id: string; at: number; transport: string }>(
    `SELECT issue_id, at, transport FROM tests WHERE hash = ? AND ${countsFor(transport)} ORDER BY at DESC, key DESC LIMIT 1`,
    [hash],
  )
  return row && { issueId: row.issue_id, hash, at: new Date(row.at), transport: row.transport }
}

function countsFor(transport: 'smtp' | 'inbox'): string {
  return transport === 'smtp' ? "transport <> 'inbox'" : '1 = 1'
}
