import { readFileSync } from 'node:fs'
import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { AppError, parseAddress } from '../base/index.ts'
import { invalidReaders } from './errors.ts'
import type { Reader } from './reader.ts'

const ReaderSchema = z.strictObject({
  id: z.string().regex(/^[\w-]{1,64}$/, 'an id has letters, digits, _ and -'),
  email: z.string().transform((text, context) => {
    const address = parseAddress(text)
    if (address) return address
    context.addIssue({ code: 'custom', message: `"${text}" is not one plain address` })
    return z.NEVER
  }),
  name: z.string().min(1).optional(),
  language: z.string().optional(),
  tags: z.array(z.string()).default([]),
  fields: z.record(z.string(), z.string()).default({}),
})

const FileSchema = z.strictObject({ readers: z.array(ReaderSchema).min(1) })

/**
 * Invented readers an issue is previewed and rehearsed with: `readers.yaml` of the newsletter.
 *
 * @throws AppError `subscriber/invalid-readers` naming file, line and problem.
 */
export function loadFixtureReaders(file: string): Reader[] {
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, prettyErrors: false })
  const [broken] = document.errors
  if (broken) throw fail(file, lines.linePos(broken.pos[0]).line, broken.message)
  const result = FileSchema.safeParse(document.toJS({ maxAliasCount: 0 }))
  if (result.success) return result.data.readers.map(toReader)
  const [issue] = result.error.issues
  const node = document.getIn(issue?.path ?? [], true) as { range?: [number, number, number] } | undefined
  throw fail(file, lines.linePos(node?.range?.[0] ?? 0).line, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
}

function toReader({ name, language, ...rest }: z.output<typeof ReaderSchema>): Reader {
  return { ...rest, ...(name ? { name } : {}), ...(language ? { language } : {}) }
}

function fail(file: string, line: number, reason: string): AppError {
  return new AppError(invalidReaders.code, invalidReaders.message(`${file}:${line}`, reason), { kind: 'usage' })
}
