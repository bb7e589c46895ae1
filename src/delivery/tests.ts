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

/** The hashes of everything that was test-sent. */
export async function listTestedHashes(db: Queries): Promise<Set<string>> {
  const rows = await db.all<{ hash: string }>('SELECT DISTINCT hash FROM tests')
  return new Set(rows.map(({ hash }) => hash))
}

/** The newest test of exactly this content. */
export async function findTest(db: Queries, hash: string): Promise<SentTest | undefined> {
  const row = await db.get<{ issue_id: string; at: number; transport: string }>(
    'SELECT issue_id, at, transport FROM tests WHERE hash = ? ORDER BY at DESC, key DESC LIMIT 1',
    [hash],
  )
  return row && { issueId: row.issue_id, hash, at: new Date(row.at), transport: row.transport }
}
