import type { Kysely } from 'kysely'

export type Dialect = 'sqlite' | 'postgres'

/**
 * What may be bound to a placeholder. A `Date` is stored as milliseconds since 1970 (UTC), a boolean as 0 or 1;
 * anything else (undefined, objects) is refused with a TypeError.
 */
export type SqlValue = null | string | number | bigint | boolean | Uint8Array | Date

/**
 * Statements over one connection. SQL is what SQLite and PostgreSQL both read; placeholders are `?`, in order. Each
 * text is prepared once and kept, so that it must never be put together from data.
 *
 * Every method throws AppError `db/locked`, `db/read-only`, `db/disk-full`, `db/not-a-database` or `db/failed`.
 */
export interface Queries {
  readonly dialect: Dialect
  /** All rows, at once: page by key (`WHERE key > ? ORDER BY key LIMIT ?`) where there may be many. */
  all<Row>(sql: string, values?: readonly SqlValue[]): Promise<Row[]>
  /** The first row. */
  get<Row>(sql: string, values?: readonly SqlValue[]): Promise<Row | undefined>
  /** @returns the number of rows inserted, updated or deleted. */
  run(sql: string, values?: readonly SqlValue[]): Promise<number>
  /**
   * The hot path: one statement for each row of values, all or none of them (about 1 µs a row on SQLite).
   *
   * @returns the number of rows inserted, updated or deleted.
   */
  runEach(sql: string, rows: readonly (readonly SqlValue[])[]): Promise<number>
  /**
   * The typed query builder over the tables that a module names; 14 µs a query, and loading it takes some 100 ms, so
   * not for what runs per recipient or at every start. Its own `.transaction()` is refused: use `transaction` here.
   */
  kysely<Tables>(): Promise<Kysely<Tables>>
}

/** One connection kept for a while, so that TEMP tables last from one statement to the next. */
export interface Session extends Queries {
  /**
   * All of `work` or nothing. Waits for another writer's turn, then nobody else writes until it ends.
   * Inside, only `tx` may be used; the database itself refuses (it would wait for itself).
   */
  transaction<Result>(work: (tx: Queries) => Promise<Result>): Promise<Result>
}

/** The store, opened and at the newest schema. */
export interface Database extends Session {
  /** The file, for messages. */
  readonly place: string
  /** Keeps one connection for `work`; everybody else of this process waits. */
  session<Result>(work: (session: Session) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}
