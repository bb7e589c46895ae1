import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { setTimeout as wait } from 'node:timers/promises'
import { AppError, messageOf } from '../base/index.ts'
import { cannotOpen } from './errors.ts'
import { explainSqlite, isBusy } from './sqlite-error.ts'

/** Statements kept ready; the tool itself has fewer. */
const MAX_STATEMENTS = 500
/** How often a lock is asked for again: without blocking the process, as SQLite's own waiting would. */
const RETRY_MS = 10

/** One open file. Nothing here yields in the middle of a statement. */
export interface SqliteConnection {
  readonly place: string
  readonly prepare: (sql: string) => StatementSync
  readonly exec: (sql: string) => void
  /**
   * Runs `work`, which does not yield; errors come out as AppErrors.
   *
   * @returns undefined when another process holds the lock.
   */
  readonly tryOnce: <Result>(work: () => Result) => { readonly result: Result } | undefined
  /** Runs `work`, again while another process holds the lock; errors come out as AppErrors. */
  readonly attempt: <Result>(work: () => Result) => Promise<Result>
  readonly close: () => void
}

/**
 * Opens or makes a SQLite file: WAL, every commit on the disk before it returns, foreign keys enforced. A folder and a
 * file made here are for their owner alone, since they hold people's addresses.
 *
 * @param place - absolute path, or `:memory:`.
 * @param lockWaitMs - how long to wait for another process's lock.
 * @param access - default: to write; otherwise the file must be there.
 * @throws AppError `db/cannot-open`, `db/not-a-database`, `db/read-only`, `db/locked`
 */
export async function openSqlite(
  place: string,
  lockWaitMs: number,
  access: Access = 'write',
): Promise<SqliteConnection> {
  const isNew = place !== ':memory:' && !existsSync(place)
  if (isNew) makeFolder(place)
  const db = await attempt(place, lockWaitMs, () => openFile(place, access))
  try {
    if (isNew) chmodSync(place, 0o600)
    if (access === 'write')
      await attempt(place, lockWaitMs, () => {
        db.exec('PRAGMA journal_mode=wal; PRAGMA synchronous=full; PRAGMA foreign_keys=on; PRAGMA trusted_schema=off')
        db.exec('PRAGMA cache_size=-16000; PRAGMA wal_autocheckpoint=4000')
      })
  } catch (error) {
    db.close()
    throw error
  }
  const statements = new Map<string, StatementSync>()
  return {
    place,
    prepare: (sql) => {
      const known = statements.get(sql)
      if (known) return known
      if (statements.size >= MAX_STATEMENTS) statements.clear()
      const statement = db.prepare(sql)
      statements.set(sql, statement)
      return statement
    },
    exec: (sql) => db.exec(sql),
    tryOnce: (work) => {
      try {
        return { result: work() }
      } catch (error) {
        if (isBusy(error)) return undefined
        throw explainSqlite(error, place, 0)
      }
    },
    attempt: async (work) => await attempt(place, lockWaitMs, work),
    close: () => {
      statements.clear()
      db.close()
    },
  }
}

/** `frozen`: a file that nobody can be writing, in a folder where nothing can be made. */
export type Access = 'write' | 'read' | 'frozen'

function openFile(place: string, access: Access): DatabaseSync {
  if (access === 'write') return new DatabaseSync(place, { timeout: 0 })
  const url = pathToFileURL(place)
  if (access === 'frozen') url.searchParams.set('immutable', '1')
  return new DatabaseSync(url, { timeout: 0, readOnly: true })
}

function makeFolder(place: string): void {
  try {
    mkdirSync(dirname(place), { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new AppError(cannotOpen.code, cannotOpen.message(place, messageOf(error)), {
      kind: 'environment',
      hint: cannotOpen.hint(),
      cause: error,
    })
  }
}

async function attempt<Result>(place: string, lockWaitMs: number, work: () => Result): Promise<Result> {
  const startedMs = performance.now()
  for (;;) {
    try {
      return work()
    } catch (error) {
      const waitedMs = performance.now() - startedMs
      if (!isBusy(error) || waitedMs >= lockWaitMs) throw explainSqlite(error, place, waitedMs)
    }
    await wait(RETRY_MS)
  }
}

/**
 * Values as node:sqlite takes them. It would take an object in first place for named parameters, and shift all values
 * without an error; and it binds every number as REAL, so that `'#' || ?` gives `#1.0`: whole numbers go as bigint.
 */
export function bindValues(values: readonly unknown[]): SQLInputValue[] {
  return values.map(bindValue)
}

function bindValue(value: unknown): SQLInputValue {
  if (typeof value === 'string' || value === null || typeof value === 'bigint') return value
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return BigInt(value)
    if (Number.isFinite(value)) return value
    throw new TypeError(`${value} cannot be stored`)
  }
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (value instanceof Uint8Array) return value
  if (value instanceof Date && !Number.isNaN(value.getTime())) return BigInt(value.getTime())
  throw new TypeError(`a value of type ${value instanceof Date ? 'invalid Date' : typeof value} cannot be stored`)
}
