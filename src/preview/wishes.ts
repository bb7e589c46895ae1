import type { Context } from 'hono'
import { z } from 'zod'
import { AppError } from '../base/index.ts'
import { badWish } from './errors.ts'

/** Readers have ids that stand in tokens. */
const ReaderId = z.string().regex(/^[\w-]{1,64}$/, 'a reader has an id')
const Place = z.number().int().min(1).max(10_000_000)

export const NewIssueWish = z.strictObject({
  week: z
    .string()
    .regex(/^\d{4}-W(?:0[1-9]|[1-4]\d|5[0-3])$/, 'a week is like 2026-W48')
    .optional(),
  slug: z.string().min(1).max(100).optional(),
  title: z.string().trim().min(1).max(300).optional(),
})

export const TestWish = z.strictObject({
  to: z.array(z.string().trim().min(1).max(320)).min(1).max(20),
  reader: ReaderId.optional(),
  into: z.literal('inbox').optional(),
})

export const LeverWish = z.strictObject({ confirm: z.string().max(200) })

export const FilePlace = z.strictObject({
  file: z.string().min(1).max(1000),
  line: Place.optional(),
  column: Place.optional(),
})

/**
 * Reads the body of an action. `refuse` has seen to its type and length.
 *
 * @throws AppError `preview/bad-wish`
 */
export async function readWish<T>(context: Context, schema: z.ZodType<T>): Promise<T> {
  let data: unknown
  try {
    data = JSON.parse(await context.req.text())
  } catch {
    throw fail('it is no JSON')
  }
  return parseWish(data, schema)
}

/** @throws AppError `preview/bad-wish` */
export function parseWish<T>(data: unknown, schema: z.ZodType<T>): T {
  const result = schema.safeParse(data)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw fail([issue?.path.join('.'), issue?.message].filter((part) => part).join(': '))
}

/** The reader that an address names. @throws AppError `preview/bad-wish` */
export function readReaderId(context: Context): string | undefined {
  const id = context.req.query('reader')
  return id === undefined || id === '' ? undefined : parseWish(id, ReaderId)
}

/** More than a grid shows. */
const MAX_IDS = 12

/** The readers that an address names beside those that it searches for; what is no id is nobody's. */
export function readReaderIds(context: Context): string[] {
  const ids = (context.req.query('ids') ?? '').split(',')
  return ids.filter((id) => ReaderId.safeParse(id).success).slice(0, MAX_IDS)
}

/** Words to search for. */
export function readQuery(context: Context): string {
  return (context.req.query('q') ?? '').trim().slice(0, 200)
}

/** Place of a file, from the query. @throws AppError `preview/bad-wish` */
export function readPlace(context: Context): z.output<typeof FilePlace> {
  const { file, line, column } = context.req.query()
  const numbers = Object.entries({ line, column }).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, Number(value)]],
  )
  return parseWish({ file, ...Object.fromEntries(numbers) }, FilePlace)
}

function fail(reason: string): AppError {
  return new AppError(badWish.code, badWish.message(reason), { kind: 'usage' })
}
