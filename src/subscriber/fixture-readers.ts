import { readFileSync } from 'node:fs'
import { type Document, LineCounter, parseDocument, visit } from 'yaml'
import { z } from 'zod'
import { AppError, messageOf, parseAddress, toLine } from '../base/index.ts'
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

const FileSchema = z.strictObject({ readers: z.array(ReaderSchema).min(1).check(refuseTwins) })

// Tokens and Message-IDs are made of the id.
function refuseTwins({ value, issues }: z.core.ParsePayload<readonly { readonly id: string }[]>): void {
  const seen = new Set<string>()
  for (const [index, { id }] of value.entries()) {
    if (seen.has(id))
      issues.push({ code: 'custom', input: id, path: [index, 'id'], message: `"${id}" is the id of another reader` })
    seen.add(id)
  }
}

/**
 * Invented readers an issue is previewed and rehearsed with: `readers.yaml` of the newsletter.
 *
 * @throws AppError `subscriber/invalid-readers` naming file, line and problem.
 */
export function loadFixtureReaders(file: string): Reader[] {
  const lines = new LineCounter()
  const document = parseDocument(readText(file), { lineCounter: lines, prettyErrors: false })
  const [broken] = document.errors
  if (broken) throw fail(file, lines.linePos(broken.pos[0]).line, broken.message)
  const alias = findAlias(document)
  if (alias !== undefined) throw fail(file, lines.linePos(alias).line, 'aliases are not followed; write the value out')
  const result = FileSchema.safeParse(document.toJS())
  if (result.success) return result.data.readers.map(toReader)
  const [issue] = result.error.issues
  const node = document.getIn(issue?.path ?? [], true) as { range?: [number, number, number] } | undefined
  throw fail(file, lines.linePos(node?.range?.[0] ?? 0).line, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
}

function toReader({ name, language, ...rest }: z.output<typeof ReaderSchema>): Reader {
  return { ...rest, ...(name ? { name } : {}), ...(language ? { language } : {}) }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const message = invalidReaders.message(file, messageOf(error))
    throw new AppError(invalidReaders.code, message, { kind: 'usage', cause: error })
  }
}

/** Offset of the first alias, of which a few can stand for millions of values. */
function findAlias(document: Document): number | undefined {
  let offset: number | undefined
  visit(document, {
    Alias: (_, node) => {
      offset = node.range?.[0] ?? 0
      return visit.BREAK
    },
  })
  return offset
}

function fail(file: string, line: number, reason: string): AppError {
  return new AppError(invalidReaders.code, invalidReaders.message(`${file}:${line}`, toLine(reason)), { kind: 'usage' })
}
