import { columnTypes, type Phrases, phrasesOf, type Queries } from '../../db/index.ts'
import { createId } from '../id.ts'
import { rankSql } from '../status.ts'
import type { ProblemCounter } from './report.ts'

const FINAL = "('unsubscribed', 'bounced', 'complained')"

export interface MergeCounts {
  readonly new: number
  readonly changed: number
}

/**
 * Merges `import_rows` into the list, in the caller's transaction. A value of the list takes the place of the stored
 * one, an empty cell leaves it; a status only ever gets stronger; whoever left, bounced, complained or is suppressed
 * and would be subscribed again is not touched.
 */
export async function mergeStage(
  tx: Queries,
  options: { readonly now: Date; readonly fileName: string; readonly staged: number; readonly kept: ProblemCounter },
): Promise<MergeCounts> {
  const { now, fileName, kept } = options
  await keepBlocked(tx, kept)
  const before = Number((await tx.get<{ key: number | null }>('SELECT max(key) AS key FROM subscribers'))?.key ?? 0)
  // First, while the old status is there to compare with.
  await tx.run(
    `INSERT INTO consents (subscriber_key, at, kind, source, detail)
     SELECT subscribers.key, ?, import_rows.status, 'import', ? FROM import_rows
     JOIN subscribers ON subscribers.email_key = import_rows.email_key
     WHERE import_rows.status IN ${FINAL} AND ${rankSql('import_rows.status')} > ${rankSql('subscribers.status')}`,
    [now, fileName],
  )
  // Ids rise in the order in which rows are written, and fill their range evenly: their index is appended to, not
  // rewritten page by page, which would take longer than all the rest.
  const step = Math.floor(0xffffffff / (options.staged + 1))
  const written = await tx.run(writeMerge(phrasesOf(tx.dialect)), [createId().slice(0, 8), step, now, now, now])
  const added = await tx.run(
    `INSERT INTO consents (subscriber_key, at, kind, source, detail)
     SELECT key, ?, 'imported', 'import', ? FROM subscribers WHERE key > ?`,
    [now, fileName, before],
  )
  await tx.run(
    `INSERT INTO consents (subscriber_key, at, kind, source, detail)
     SELECT key, ?, status, 'import', ? FROM subscribers WHERE key > ? AND status IN ${FINAL}`,
    [now, fileName, before],
  )
  await tx.run(
    `INSERT INTO suppressions (email_key, reason, at, detail)
     SELECT email_key, status, ?, ? FROM import_rows WHERE status IN ('bounced', 'complained')
     ON CONFLICT (email_key) DO NOTHING`,
    [now, fileName],
  )
  return { new: added, changed: written - added }
}

/** Takes rows out that would subscribe somebody again. */
async function keepBlocked(tx: Queries, kept: ProblemCounter): Promise<void> {
  const { text, keyedTable } = columnTypes(tx.dialect)
  await tx.run(
    `CREATE TEMP TABLE import_blocked (email_key ${text} NOT NULL PRIMARY KEY, because ${text} NOT NULL) ${keyedTable}`,
  )
  let blocked = await tx.run(
    `INSERT INTO import_blocked SELECT email_key, status FROM subscribers WHERE status IN ${FINAL} ORDER BY email_key`,
  )
  blocked += await tx.run(
    "INSERT INTO import_blocked SELECT email_key, 'suppressed' FROM suppressions WHERE true ON CONFLICT DO NOTHING",
  )
  if (blocked === 0) return
  const wantsMail =
    "(status IS NULL OR status IN ('active', 'pending')) AND email_key IN (SELECT email_key FROM import_blocked)"
  for (let after = 0; ; ) {
    const page = await tx.all<{ line: number; because: string }>(
      `SELECT line, (SELECT because FROM import_blocked WHERE import_blocked.email_key = import_rows.email_key) AS because
       FROM import_rows WHERE line > ? AND ${wantsMail} ORDER BY line LIMIT 5000`,
      [after],
    )
    for (const { line, because } of page) kept.add(line, `${because}: left as it is`)
    const last = page.at(-1)
    if (!last) break
    after = last.line
  }
  if (kept.count > 0) await tx.run(`DELETE FROM import_rows WHERE ${wantsMail}`)
}

function writeMerge({ hex, randomHex, isDistinct, mergeJson }: Phrases): string {
  const changes: readonly (readonly [column: string, value: string])[] = [
    ['name', 'coalesce(excluded.name, subscribers.name)'],
    ['language', 'coalesce(excluded.language, subscribers.language)'],
    ['tags', "CASE WHEN excluded.tags = '' THEN subscribers.tags ELSE excluded.tags END"],
    // A row without a date came in with the time of the import.
    [
      'joined_at',
      'CASE WHEN excluded.joined_at = excluded.created_at THEN subscribers.joined_at ELSE excluded.joined_at END',
    ],
    ['source', 'coalesce(excluded.source, subscribers.source)'],
    ['fields', mergeJson('subscribers.fields', 'excluded.fields')],
    [
      'status',
      `CASE WHEN ${rankSql('excluded.status')} > ${rankSql('subscribers.status')} THEN excluded.status ELSE subscribers.status END`,
    ],
  ]
  const set = changes.map(([column, value]) => `${column} = ${value}`)
  // Equal fields are told at once; merging two JSON texts for every row of a known list would double its time.
  const differs = changes.map(([column, value]) => {
    const isChanged = isDistinct(`subscribers.${column}`, `(${value})`)
    return column === 'fields' ? `(excluded.fields <> subscribers.fields AND ${isChanged})` : isChanged
  })
  const id = `? || ${hex('row_number() OVER (ORDER BY email_key) * ?', 8)} || ${randomHex}`
  return `INSERT INTO subscribers
      (id, email, email_key, name, language, status, tags, fields, joined_at, source, created_at, updated_at)
    SELECT ${id}, email, email_key, name, language, coalesce(status, 'active'), tags, fields, coalesce(joined_at, ?), source, ?, ?
    FROM import_rows WHERE true
    ON CONFLICT (email_key) DO UPDATE SET ${set.join(', ')}, updated_at = excluded.updated_at
    WHERE ${differs.join(' OR ')}`
}
