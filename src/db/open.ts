import { existsSync } from 'node:fs'
import type { Database } from './database.ts'
import { createGate, type Gate } from './gate.ts'
import { migrate, readVersion } from './migrate.ts'
import { MIGRATIONS } from './migrations/index.ts'
import { createSession } from './queries.ts'
import { openSqlite, type SqliteConnection } from './sqlite.ts'
import { parseDatabaseUrl } from './url.ts'

/** Long enough for another process's import of a million rows. */
const LOCK_WAIT_MS = 15_000

export interface DatabaseOptions {
  /** `sqlite:PATH`, as in `DATABASE_URL`. */
  readonly url: string
  /** Absolute folder that a relative path starts from. */
  readonly root: string
  /** How long to wait while another process writes. Default 15 s. */
  readonly lockWaitMs?: number
}

/**
 * Opens the store, making file and folder when they are missing, and brings it to the newest schema.
 *
 * @throws AppError `db/unknown-scheme`, `db/postgres-not-yet`, `db/cannot-open`, `db/not-a-database`, `db/read-only`,
 * `db/locked`, `db/disk-full`, `db/newer-schema`, `db/migration-failed`
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const place = parseDatabaseUrl(options.url, options.root)
  const connection = await openSqlite(place, options.lockWaitMs ?? LOCK_WAIT_MS)
  try {
    await migrate(createSession(connection), MIGRATIONS, place)
  } catch (error) {
    connection.close()
    throw error
  }
  const gate = createGate()
  return finish(connection, gate, place)
}

/**
 * The same, only to look: while another process writes, and where this user may not. A store that is missing or of an older
 * schema is opened as always, and brought up to date.
 *
 * @throws AppError as `openDatabase`
 */
export async function openDatabaseForReading(options: DatabaseOptions): Promise<Database> {
  const place = parseDatabaseUrl(options.url, options.root)
  for (const access of existsSync(place) ? (['read', 'frozen'] as const) : []) {
    const connection = await openSqlite(place, options.lockWaitMs ?? LOCK_WAIT_MS, access)
    try {
      const version = await readVersion(createSession(connection))
      if (version === MIGRATIONS.length) return finish(connection, createGate(), place)
      connection.close()
      break
    } catch (error) {
      connection.close()
      // A log that nobody can read on must not be left out.
      const isFrozen = access === 'read' && !existsSync(`${place}-wal`)
      if (!isFrozen) throw error
    }
  }
  return await openDatabase(options)
}

function finish(connection: SqliteConnection, gate: Gate, place: string): Database {
  const { pass } = gate
  return {
    ...createSession(connection, gate),
    place,
    session: async (work) => await pass(async () => await work(createSession(connection))),
    close: async () => await pass(async () => await Promise.resolve(connection.close())),
  }
}
