import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'

/** What one statement gave. */
export interface Executed {
  readonly rows: unknown[]
  readonly changes: number
}

/** Runs one compiled statement. */
export type Execute = (sql: string, values: readonly unknown[]) => Promise<Executed>

/** Kysely's builder over our own connection; Kysely's SQLite driver does not know node:sqlite (kysely #1292). */
export function createKysely<Tables>(execute: Execute): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => createDriver(execute),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
}

function createDriver(execute: Execute): Driver {
  const connection: DatabaseConnection = {
    executeQuery: async <Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> => {
      const { rows, changes } = await execute(sql, parameters)
      return { rows: rows as Row[], numAffectedRows: BigInt(changes) }
    },
    streamQuery: () => {
      throw new TypeError('page by key instead of streaming')
    },
  }
  const refuse = async () => await Promise.reject(new TypeError('use transaction() of the database'))
  return {
    init: async () => await Promise.resolve(),
    acquireConnection: async () => await Promise.resolve(connection),
    releaseConnection: async () => await Promise.resolve(),
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    destroy: async () => await Promise.resolve(),
  }
}
