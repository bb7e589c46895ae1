import type { Dialect } from './database.ts'

/** Pieces of SQL that the dialects spell differently. Arguments are SQL, never data. */
export interface Phrases {
  /** Whether a text holds another, byte for byte. */
  readonly contains: (text: string, part: string) => string
  /** The JSON object `text` with the members of `over` put over its own. */
  readonly mergeJson: (text: string, over: string) => string
  /** What a SELECT of `name`, the member names of the JSON objects in a column, names and joins; before WHERE. */
  readonly jsonKeys: (column: string) => string
  /** The text or JSON that stands in a JSON text at a path of member names. */
  readonly jsonPart: (text: string, path: readonly string[]) => string
  /** A whole number as `digits` hexadecimal digits. */
  readonly hex: (number: string, digits: number) => string
  /** Eight random lower-case hexadecimal digits, new for every row. */
  readonly randomHex: string
  /** Whether every value differs, nulls counted as values. */
  readonly isDistinct: (left: string, right: string) => string
}

const PHRASES: Readonly<Record<Dialect, Phrases>> = {
  sqlite: {
    contains: (text, part) => `instr(${text}, ${part}) > 0`,
    mergeJson: (text, over) => `json_patch(${text}, ${over})`,
    jsonKeys: (column) => `member.key AS name FROM ${tableOf(column)}, json_each(${column}) AS member`,
    jsonPart: (text, path) => `json_extract(${text}, '$.${path.join('.')}')`,
    hex: (number, digits) => `printf('%0${digits}x', ${number})`,
    randomHex: 'lower(hex(randomblob(4)))',
    isDistinct: (left, right) => `${left} IS NOT ${right}`,
  },
  postgres: {
    contains: (text, part) => `strpos(${text}, ${part}) > 0`,
    mergeJson: (text, over) => `(${text}::jsonb || ${over}::jsonb)::text`,
    jsonKeys: (column) => `member.name FROM ${tableOf(column)}, jsonb_object_keys(${column}::jsonb) AS member (name)`,
    jsonPart: (text, path) => `${text}::jsonb #>> '{${path.join(',')}}'`,
    hex: (number, digits) => `lpad(to_hex(${number}), ${digits}, '0')`,
    randomHex: "substr(replace(gen_random_uuid()::text, '-', ''), 1, 8)",
    isDistinct: (left, right) => `${left} IS DISTINCT FROM ${right}`,
  },
}

function tableOf(column: string): string {
  return column.split('.')[0] ?? ''
}

export function phrasesOf(dialect: Dialect): Phrases {
  return PHRASES[dialect]
}
