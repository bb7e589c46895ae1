import type { Subscriber } from '../../subscriber/index.ts'

/** A reader for `--json`. */
export function readerToJson(reader: Subscriber): Record<string, unknown> {
  const { id, email, name, language, status, tags, fields, source } = reader
  return {
    id,
    email,
    name: name ?? null,
    language: language ?? null,
    status,
    tags,
    fields,
    joined: reader.joinedAt.toISOString(),
    source: source ?? null,
    updated: reader.updatedAt.toISOString(),
  }
}
