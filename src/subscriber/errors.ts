import type { ErrorData } from '../base/index.ts'

export const invalidReaders = {
  code: 'subscriber/invalid-readers',
  title: 'Fixture readers that cannot be read',
  message: (place: string, reason: string) => `The fixture readers cannot be read (${place}): ${reason}.`,
} satisfies ErrorData

export const invalidSegment = {
  code: 'subscriber/invalid-segment',
  title: 'A segment query that cannot be read',
  message: (query: string, reason: string) => `The segment "${query}" cannot be read: ${reason}.`,
  hint: (suggestion: string) => `Write ${suggestion}; without a segment, everybody is meant.`,
} satisfies ErrorData

export const invalidCsv = {
  code: 'subscriber/invalid-csv',
  title: 'A list of subscribers that cannot be read as CSV',
  message: (file: string, reason: string) => `${file} cannot be imported: ${reason}. Nothing was changed.`,
} satisfies ErrorData

export const notUtf8 = {
  code: 'subscriber/not-utf8',
  title: 'A list of subscribers in another encoding than UTF-8',
  message: (file: string, line: number, byte: string) =>
    `${file} is not UTF-8: line ${line} holds the byte ${byte}. Nothing was changed.`,
  hint: (file: string) =>
    `Save it from the spreadsheet as "CSV UTF-8", or convert it: iconv -f WINDOWS-1252 -t UTF-8 ${file} > utf8.csv`,
} satisfies ErrorData

export const missingColumn = {
  code: 'subscriber/missing-column',
  title: 'A list of subscribers without a column "email"',
  message: (file: string, found: readonly string[]) =>
    `${file} has no column "email". Its first line names: ${found.join(', ')}. Nothing was changed.`,
  hint: (near: string | undefined) =>
    near === undefined
      ? 'The first line must name the columns, and one must be email.'
      : `Rename the column "${near}" to email.`,
} satisfies ErrorData

export const ambiguousColumns = {
  code: 'subscriber/ambiguous-columns',
  title: 'Two columns that mean the same',
  message: (file: string, pairs: readonly string[]) =>
    `${file} names columns that mean the same: ${pairs.join('; ')}. Nothing was changed.`,
  hint: () => 'Rename or delete one of them.',
} satisfies ErrorData

/** Every error of this module, for docs/errors.md. */
export const subscriberErrors: readonly ErrorData[] = [
  invalidReaders,
  invalidSegment,
  invalidCsv,
  notUtf8,
  missingColumn,
  ambiguousColumns,
]
