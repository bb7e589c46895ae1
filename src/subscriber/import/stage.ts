import { columnTypes, type Queries, type Session, type SqlValue } from '../../db/index.ts'
import { rankSql } from '../status.ts'
import type { ProblemCounter } from './report.ts'
import type { Draft } from './row.ts'
import { createSeen } from './seen.ts'

const COLUMNS = 'line, email, email_key, name, language, status, tags, fields, joined_at, source'
const TABLES = ['import_rows', 'import_again', 'import_first', 'import_blocked'] as const

/**
 * Takes a list into TEMP tables, where it stands in nobody's way: `import_rows` has one row per address. A row whose
 * address may have been there before goes into `import_again` until `finish` has looked.
 */
export interface Stage {
  readonly add: (line: number, draft: Draft) => void
  /** To be awaited after every piece of the file: until then rows are in memory. */
  readonly flush: () => Promise<void>
  /** @returns the number of addresses. */
  readonly finish: (duplicates: ProblemCounter) => Promise<number>
  readonly drop: () => Promise<void>
}

export async function openStage(session: Session): Promise<Stage> {
  const drop = async () => {
    for (const table of TABLES) await session.run(`DROP TABLE IF EXISTS ${table}`)
  }
  await drop()
  const { integer, text, table: end } = columnTypes(session.dialect)
  for (const table of ['import_rows', 'import_again']) {
    await session.run(`CREATE TEMP TABLE ${table} (
      line ${integer} NOT NULL PRIMARY KEY, email ${text} NOT NULL, email_key ${text} NOT NULL, name ${text},
      language ${text}, status ${text}, tags ${text} NOT NULL, fields ${text} NOT NULL, joined_at ${integer}, source ${text}
    ) ${end}`)
  }
  const seen = createSeen()
  let rows: SqlValue[][] = []
  let again: SqlValue[][] = []
  let count = 0
  const flush = async () => {
    const [batch, batchAgain] = [rows, again]
    rows = []
    again = []
    count += batch.length
    if (batch.length > 0) await session.runEach(insertInto('import_rows'), batch)
    if (batchAgain.length > 0) await session.runEach(insertInto('import_again'), batchAgain)
  }
  return {
    add: (line, { email, emailKey, name, language, status, tags, fields, joinedMs, source }) => {
      const row = [line, email, emailKey, name, language, status, tags, fields, joinedMs, source]
      if (seen.has(emailKey)) again.push(row)
      else rows.push(row)
    },
    flush,
    finish: async (duplicates) => {
      await flush()
      return count + (await settleAgain(session, duplicates))
    },
    drop,
  }
}

function insertInto(table: string): string {
  return `INSERT INTO ${table} (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
}

/**
 * Looks at addresses that may have been there before: the first row stays, with the strongest status of all, so that
 * an unsubscription further down is not lost. @returns the number of rows that were no repetition after all.
 */
async function settleAgain(session: Session, duplicates: ProblemCounter): Promise<number> {
  const { integer, text, table: end } = columnTypes(session.dialect)
  const any = await session.get('SELECT 1 FROM import_again LIMIT 1')
  if (!any) return 0
  await session.run('CREATE INDEX import_again_key ON import_again (email_key)')
  await session.run(
    `CREATE TEMP TABLE import_first (email_key ${text} NOT NULL PRIMARY KEY, line ${integer} NOT NULL) ${end}`,
  )
  await session.run(`INSERT INTO import_first SELECT email_key, line FROM import_rows
    WHERE email_key IN (SELECT email_key FROM import_again)`)
  const missed = await session.run(`INSERT INTO import_first SELECT email_key, min(line) FROM import_again
    WHERE email_key NOT IN (SELECT email_key FROM import_first) GROUP BY email_key`)
  if (missed > 0) {
    await session.run(`INSERT INTO import_rows (${COLUMNS}) SELECT ${COLUMNS} FROM import_again
      WHERE line IN (SELECT line FROM import_first)`)
    await session.run('DELETE FROM import_again WHERE line IN (SELECT line FROM import_first)')
  }
  await listDuplicates(session, duplicates)
  await session.run(`UPDATE import_rows SET status = (
      SELECT other.status FROM import_again AS other WHERE other.email_key = import_rows.email_key
      ORDER BY ${rankSql('other.status')} DESC LIMIT 1
    ) WHERE line IN (SELECT line FROM import_first) AND ${rankSql('status')} < (
      SELECT max(${rankSql('other.status')}) FROM import_again AS other WHERE other.email_key = import_rows.email_key
    )`)
  return missed
}

const PAGE = 5000

async function listDuplicates(queries: Queries, duplicates: ProblemCounter): Promise<void> {
  for (let after = 0; ; ) {
    const page = await queries.all<{ line: number; first: number }>(
      `SELECT import_again.line AS line, import_first.line AS first
       FROM import_again CROSS JOIN import_first
       WHERE import_first.email_key = import_again.email_key AND import_again.line > ?
       ORDER BY import_again.line LIMIT ?`,
      [after, PAGE],
    )
    for (const { line, first } of page) duplicates.add(line, `the same address as on line ${first}`)
    const last = page.at(-1)
    if (!last) return
    after = last.line
  }
}
