import { toZoneLine } from '../dns/record.ts'
import type { Examination } from '../examine.ts'

/** For programs: everything that was said, with the records to publish also as lines of a zone file. */
export function formatJson({ isOnline, statements, problems, warnings }: Examination): string {
  const all = statements.map(({ records = [], ...statement }) => ({
    ...statement,
    records: records.map((record) => ({ ...record, zoneLine: toZoneLine(record) })),
  }))
  return JSON.stringify({ version: 1, online: isOnline, problems, warnings, statements: all }, null, 2)
}
