import { AppError, messageOf } from '../base/index.ts'
import { cannotOpen, diskFull, failed, locked, notADatabase, readOnly } from './errors.ts'

/** Primary result codes of SQLite. @see https://www.sqlite.org/rescode.html */
const BUSY = 5
const LOCKED = 6
const READONLY = 8
const CORRUPT = 11
const FULL = 13
const CANTOPEN = 14
const CONSTRAINT = 19
const NOTADB = 26
const CONSTRAINT_PRIMARYKEY = 1555
const CONSTRAINT_UNIQUE = 2067

/** The extended result code; undefined for errors that are not SQLite's. */
function codeOf(error: unknown): number | undefined {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined
  return typeof code === 'number' ? code : undefined
}

function primaryOf(error: unknown): number {
  return (codeOf(error) ?? 0) & 0xff
}

/** Whether somebody else holds the lock, so that waiting helps. */
export function isBusy(error: unknown): boolean {
  return [BUSY, LOCKED].includes(primaryOf(error))
}

/** Whether a row with this key is there already. */
export function isUniqueViolation(error: unknown): boolean {
  const code = codeOf(error instanceof AppError ? error.cause : error)
  return code === CONSTRAINT_UNIQUE || code === CONSTRAINT_PRIMARYKEY
}

/**
 * Words for an error of SQLite; other errors come back as they are.
 *
 * @param waitedMs - how long a lock was waited for.
 */
export function explainSqlite(error: unknown, place: string, waitedMs: number): unknown {
  if (codeOf(error) === undefined) return error
  const because = { kind: 'environment', cause: error } as const
  const primary = primaryOf(error)
  if (isBusy(error)) {
    return new AppError(locked.code, locked.message(place, Math.round(waitedMs / 1000)), {
      ...because,
      hint: locked.hint(),
    })
  }
  if (primary === READONLY) {
    return new AppError(readOnly.code, readOnly.message(place), { ...because, hint: readOnly.hint() })
  }
  if (primary === FULL) {
    return new AppError(diskFull.code, diskFull.message(place), { ...because, hint: diskFull.hint() })
  }
  if (primary === NOTADB || primary === CORRUPT) {
    const reason = messageOf(error)
    return new AppError(notADatabase.code, notADatabase.message(place, reason), {
      ...because,
      hint: notADatabase.hint(),
    })
  }
  if (primary === CANTOPEN) {
    const reason = messageOf(error)
    return new AppError(cannotOpen.code, cannotOpen.message(place, reason), { ...because, hint: cannotOpen.hint() })
  }
  // SQLite names columns in these, never values.
  const reason = primary === CONSTRAINT ? `a rule of the schema was broken (${messageOf(error)})` : messageOf(error)
  return new AppError(failed.code, failed.message(place, reason), because)
}
