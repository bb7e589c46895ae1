import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import type { z } from 'zod'

/** Variables by name; missing and empty are the same. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Variables with a name of their own besides `LETTERPRESS_<SECTION>_<OPTION>`. */
const SPECIAL: Readonly<Record<string, readonly string[]>> = {
  SMTP_URL: ['smtp', 'url'],
  DATABASE_URL: ['database', 'url'],
}

/** The process's variables over those of `.env`; an empty one of the process switches off what `.env` says. */
export function readEnvironment(root: string, own: Environment): Environment {
  try {
    return { ...readVariables(join(root, '.env')), ...own }
  } catch {
    return own
  }
}

/** The variables of a `.env` file. */
export function readVariables(file: string): Environment {
  // Some editors begin a file with a byte order mark, which would become part of the first name.
  return parseEnv(readFileSync(file, 'utf8').replace(/^\u{FEFF}/u, ''))
}

/**
 * The options of a schema that variables may set: name of the variable → path of the option.
 * Records and lists are left to the file.
 */
export function listVariables(schema: z.ZodObject): ReadonlyMap<string, readonly string[]> {
  return new Map([...listOptions(schema)].map(([name, { path }]) => [name, path]))
}

interface Option {
  readonly path: readonly string[]
  /** Kind of the schema behind defaults: `string`, `number`, `pipe` … */
  readonly type: string
}

function listOptions(schema: z.ZodObject): ReadonlyMap<string, Option> {
  const found = new Map<string, Option>(Object.entries(SPECIAL).map(([name, path]) => [name, { path, type: 'string' }]))
  const walk = (object: z.ZodObject, above: readonly string[]) => {
    for (const [key, value] of Object.entries(object.shape)) {
      const inner = unwrap(value as z.ZodType)
      if (!inner) continue
      const { type } = inner.def
      const path = [...above, key]
      if (type === 'object') walk(inner as z.ZodObject, path)
      else if (type !== 'record' && type !== 'array') found.set(toVariable(path), { path, type })
    }
  }
  walk(schema, [])
  return found
}

/** `['limits', 'perSecond']` → `LETTERPRESS_LIMITS_PER_SECOND` */
export function toVariable(path: readonly string[]): string {
  return ['LETTERPRESS', ...path.map((key) => key.replaceAll(/[A-Z]/g, '_$&').replaceAll('-', '_'))]
    .join('_')
    .toUpperCase()
}

/** The values that variables give, as a tree like the configuration's; numbers and booleans converted. */
export function readOverrides(schema: z.ZodObject, environment: Environment): Record<string, unknown> {
  const tree: Record<string, unknown> = {}
  for (const [variable, { path, type }] of listOptions(schema)) {
    const text = environment[variable]
    if (text === undefined || text === '') continue
    let node = tree
    for (const key of path.slice(0, -1)) node = (node[key] ??= {}) as Record<string, unknown>
    node[path.at(-1) ?? ''] = convert(text, type)
  }
  return tree
}

// A newsletter may be called 2024: only what can be something else than a text is converted.
function convert(text: string, type: string): unknown {
  if (type === 'string' || type === 'pipe') return text
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text
}

/** The schema inside defaults and optionals. */
export function unwrap(schema: z.ZodType | undefined): z.ZodType | undefined {
  if (!schema) return undefined
  const { innerType } = schema.def as { innerType?: z.ZodType }
  return innerType ? unwrap(innerType) : schema
}
