import type { Queries, Session, SqlValue } from './database.ts'
import type { Gate } from './gate.ts'
import type { Executed } from './kysely.ts'
import { bindValues, type SqliteConnection } from './sqlite.ts'

/** Runs a statement when it is its turn. */
type Attempt = <Result>(work: () => Result) => Promise<Result>

/** @param gate - missing: for whoever holds it already. */
export function createSession(connection: SqliteConnection, gate?: Gate): Session {
  const tx = createQueries(connection, connection.attempt, true)
  if (!gate) {
    return {
      ...createQueries(connection, connection.attempt, false),
      transaction: async (work) => await runTransaction(connection, tx, work),
    }
  }
  const attempt: Attempt = async (work) => {
    // Most of the time nobody else is at it: a lookup then costs its statement and little more.
    const done = gate.isFree() ? connection.tryOnce(work) : undefined
    return done ? done.result : await gate.pass(async () => await connection.attempt(work))
  }
  return {
    ...createQueries(connection, attempt, false),
    transaction: async (work) => await gate.pass(async () => await runTransaction(connection, tx, work)),
  }
}

async function runTransaction<Result>(
  connection: SqliteConnection,
  tx: Queries,
  work: (tx: Queries) => Promise<Result>,
): Promise<Result> {
  const { attempt, prepare } = connection
  await attempt(() => prepare('BEGIN IMMEDIATE').run())
  try {
    const result = await work(tx)
    await attempt(() => prepare('COMMIT').run())
    return result
  } catch (error) {
    rollBack(connection)
    throw error
  }
}

function createQueries(connection: SqliteConnection, attempt: Attempt, isInTransaction: boolean): Queries {
  const { prepare } = connection
  return {
    dialect: 'sqlite',
    all: async <Row>(sql: string, values: readonly SqlValue[] = []) =>
      await attempt(() => prepare(sql).all(...bindValues(values)) as Row[]),
    get: async <Row>(sql: string, values: readonly SqlValue[] = []) =>
      await attempt(() => prepare(sql).get(...bindValues(values)) as Row | undefined),
    run: async (sql, values = []) => await attempt(() => Number(prepare(sql).run(...bindValues(values)).changes)),
    runEach: async (sql, rows) =>
      await attempt(() => (isInTransaction ? runEach(connection, sql, rows) : runAll(connection, sql, rows))),
    kysely: async <Tables>() => {
      const { createKysely } = await import('./kysely.ts')
      return createKysely<Tables>(async (sql, values) => await attempt(() => execute(connection, sql, values)))
    },
  }
}

function execute({ prepare }: SqliteConnection, sql: string, values: readonly unknown[]): Executed {
  const statement = prepare(sql)
  if (statement.columns().length > 0) return { rows: statement.all(...bindValues(values)), changes: 0 }
  return { rows: [], changes: Number(statement.run(...bindValues(values)).changes) }
}

function runAll(connection: SqliteConnection, sql: string, rows: readonly (readonly SqlValue[])[]): number {
  // Not IMMEDIATE: rows for a TEMP table need nobody's lock.
  connection.exec('BEGIN')
  try {
    const changes = runEach(connection, sql, rows)
    connection.exec('COMMIT')
    return changes
  } catch (error) {
    rollBack(connection)
    throw error
  }
}

function runEach(connection: SqliteConnection, sql: string, rows: readonly (readonly SqlValue[])[]): number {
  const statement = connection.prepare(sql)
  let changes = 0
  for (const values of rows) changes += Number(statement.run(...bindValues(values)).changes)
  return changes
}

// A full disk or a failed write has ended the transaction already.
function rollBack(connection: SqliteConnection): void {
  try {
    connection.exec('ROLLBACK')
  } catch {
    return
  }
}
