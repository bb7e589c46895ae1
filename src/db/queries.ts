import type { Queries, Session, SqlValue } from './database.ts'
import type { Executed } from './kysely.ts'
import { bindValues, type SqliteConnection } from './sqlite.ts'

/** Waits for the connection's turn, or does not, when whoever calls has it already. */
export type Pass = <Result>(work: () => Promise<Result>) => Promise<Result>

const atOnce: Pass = async (work) => await work()

/** @param pass - default: for whoever holds the gate already. */
export function createSession(connection: SqliteConnection, pass: Pass = atOnce): Session {
  return {
    ...createQueries(connection, pass, false),
    transaction: async (work) => await pass(async () => await runTransaction(connection, work)),
  }
}

async function runTransaction<Result>(
  connection: SqliteConnection,
  work: (tx: Queries) => Promise<Result>,
): Promise<Result> {
  await connection.attempt(() => connection.exec('BEGIN IMMEDIATE'))
  try {
    const result = await work(createQueries(connection, atOnce, true))
    await connection.attempt(() => connection.exec('COMMIT'))
    return result
  } catch (error) {
    rollBack(connection)
    throw error
  }
}

function createQueries(connection: SqliteConnection, pass: Pass, isInTransaction: boolean): Queries {
  const attempt = async <Result>(work: () => Result) => await pass(async () => await connection.attempt(work))
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
