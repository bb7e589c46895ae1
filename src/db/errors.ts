import type { ErrorData } from '../base/index.ts'

export const unknownScheme = {
  code: 'db/unknown-scheme',
  title: 'A DATABASE_URL that names no known database',
  message: (scheme: string) => `DATABASE_URL starts with "${scheme}", which is no database Letterpress knows.`,
  hint: () => 'Write sqlite:PATH, such as sqlite:data/letterpress.db.',
} satisfies ErrorData

export const postgresNotYet = {
  code: 'db/postgres-not-yet',
  title: 'PostgreSQL, which this version cannot use',
  message: () => 'DATABASE_URL names a PostgreSQL database, which this version of Letterpress cannot use yet.',
  hint: () => 'Write sqlite:PATH, or leave DATABASE_URL out for data/letterpress.db.',
} satisfies ErrorData

export const locked = {
  code: 'db/locked',
  title: 'The store is being written by another process',
  message: (place: string, seconds: number) =>
    `${place} was being written by another process for more than ${seconds} s. Nothing was changed.`,
  hint: () => 'Wait for the other letterpress command (an import, a send) to end, then run this one again.',
} satisfies ErrorData

export const readOnly = {
  code: 'db/read-only',
  title: 'The store may not be written',
  message: (place: string) => `${place} cannot be written: this user may only read it. Nothing was changed.`,
  hint: () => 'Give the user that runs letterpress the right to write the file and its folder.',
} satisfies ErrorData

export const diskFull = {
  code: 'db/disk-full',
  title: 'No room for the store',
  message: (place: string) =>
    `The disk of ${place} is full. The step that did not fit was taken back whole; what was saved before it is safe.`,
  hint: () => 'Make room, then run the command again: it goes on from what was saved.',
} satisfies ErrorData

export const notADatabase = {
  code: 'db/not-a-database',
  title: 'A file that is no database, or a damaged one',
  message: (place: string, reason: string) => `${place} cannot be read as a database: ${reason}. It was left as it is.`,
  hint: () => 'Name another file in DATABASE_URL, or put a backup in its place.',
} satisfies ErrorData

export const cannotOpen = {
  code: 'db/cannot-open',
  title: 'The store cannot be opened',
  message: (place: string, reason: string) => `${place} cannot be opened: ${reason}.`,
  hint: () => 'Check that its folder exists and may be written, or name another file in DATABASE_URL.',
} satisfies ErrorData

export const newerSchema = {
  code: 'db/newer-schema',
  title: 'A store that a newer Letterpress has written',
  message: (place: string, found: number, known: number) =>
    `${place} was written by a newer Letterpress (schema ${found}; this one knows ${known}). It was left as it is.`,
  hint: () => 'Update Letterpress, or put a backup from before the update in its place.',
} satisfies ErrorData

export const migrationFailed = {
  code: 'db/migration-failed',
  title: 'A step to the newest schema that failed',
  message: (place: string, name: string, reason: string) =>
    `${place} could not be brought to the newest schema (${name}): ${reason}. It was left as it was.`,
} satisfies ErrorData

export const failed = {
  code: 'db/failed',
  title: 'The store failed',
  message: (place: string, reason: string) =>
    `${place} failed: ${reason}. The step at hand was taken back; what was saved before it is safe.`,
} satisfies ErrorData

/** Every error of this module, for docs/errors.md. */
export const dbErrors: readonly ErrorData[] = [
  unknownScheme,
  postgresNotYet,
  locked,
  readOnly,
  diskFull,
  notADatabase,
  cannotOpen,
  newerSchema,
  migrationFailed,
  failed,
]
