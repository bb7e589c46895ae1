import { guardFormula } from './formula.ts'
import { formatJoined } from './import/joined.ts'
import type { Subscriber } from './subscriber.ts'

/** Writes what the import reads: the same columns, quotes only where they are needed, CRLF (RFC 4180). */
export interface CsvWriter {
  readonly header: string
  readonly write: (page: readonly Subscriber[]) => string
}

/**
 * @param fields - names of all fields, in order; each is a column.
 * @param isRaw - leaves cells that a spreadsheet takes for formulas as they are.
 */
export function createCsvWriter(fields: readonly string[], isRaw: boolean): CsvWriter {
  const line = (cells: readonly string[]) =>
    `${cells.map((cell) => quote(isRaw ? cell : guardFormula(cell))).join(',')}\r\n`
  return {
    header: line(['email', 'name', 'language', 'tags', 'status', 'joined', 'source', ...fields]),
    write: (page) =>
      page
        .map((reader) =>
          line([
            reader.email,
            reader.name ?? '',
            reader.language ?? '',
            reader.tags.join(';'),
            reader.status,
            formatJoined(reader.joinedAt),
            reader.source ?? '',
            ...fields.map((name) => reader.fields[name] ?? ''),
          ]),
        )
        .join(''),
  }
}

function quote(cell: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
