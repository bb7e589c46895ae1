import { AppError, messageOf } from '../base/index.ts'
import type { Queries, Session } from './database.ts'
import { failed, migrationFailed, newerSchema } from './errors.ts'
import { columnTypes, type Migration } from './migration.ts'

/**
 * Brings a database to the newest schema; each step in a transaction of its own.
 *
 * @param migrations - all of them, in order.
 * @throws AppError `db/newer-schema` when the database knows steps that we do not; `db/migration-failed`.
 */
export async function migrate(session: Session, migrations: readonly Migration[], place: string): Promise<void> {
  const known = migrations.length
  const found = await readVersion(session)
  if (found > known) {
    throw new AppError(newerSchema.code, newerSchema.message(place, found, known), {
      kind: 'environment',
      hint: newerSchema.hint(),
    })
  }
  for (const migration of migrations.slice(found)) await apply(session, migration, place)
}

/** Number of the last step applied; 0 for an empty database. */
export async function readVersion(queries: Queries): Promise<number> {
  const table = await queries.get(
    queries.dialect === 'sqlite'
      ? "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'"
      : "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_version'",
  )
  if (!table) return 0
  const row = await queries.get<{ version: number | null }>('SELECT max(version) AS version FROM schema_version')
  return row?.version ?? 0
}

async function apply(session: Session, { number, name, up }: Migration, place: string): Promise<void> {
  const types = columnTypes(session.dialect)
  await session.transaction(async (tx) => {
    // Another process may have been faster while we waited for the lock.
    if ((await readVersion(tx)) >= number) return
    const step = `${String(number).padStart(4, '0')}-${name}`
    try {
      if (number === 1) {
        await tx.run(
          `CREATE TABLE schema_version (version ${types.integer} PRIMARY KEY, name ${types.text} NOT NULL) ${types.table}`,
        )
      }
      for (const statement of up(types)) await tx.run(statement)
      await tx.run('INSERT INTO schema_version (version, name) VALUES (?, ?)', [number, name])
    } catch (error) {
      if (error instanceof AppError && error.code !== failed.code) throw error
      const reason = messageOf(error instanceof AppError ? error.cause : error)
      throw new AppError(migrationFailed.code, migrationFailed.message(place, step, reason), {
        kind: 'environment',
        cause: error,
      })
    }
  })
}
