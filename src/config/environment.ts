import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import type { z } from 'zod'

/** Variables by name; missing and empty are the same. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Variables with a name of their own besides `LETTERPRESS_<SECTION>_<OPTION>`. */
const SPECIAL: Readonly<Record<string, readonly string[]>> = { SMTP_URL: ['smtp', 'url'] }

/** The process's variables over those of `.env`. */
export function readEnvironment(root: string, own: Environment): Environment {
  try {
    return { ...parseEnv(readFileSync(join(root, '.env'), 'utf8')), ...own }
  } catch {
    return own
  }
}

/**
 * The options of a schema that variables may set: name of the variable → path of the option.
 * Records and lists are left to the file.
 */
export function listVariables(schema: z.ZodObject): ReadonlyMap<string, readonly string[]> {
  const found = new Map(Object.entries(SPECIAL))
  const walk = (object: z.ZodObject, path: readonly string[]) => {
    for (const [key, value] of Object.entries(object.shape)) {
      const inner = unwrap(value as z.ZodType)
      const type = inner?.def.type
      if (type === 'object') walk(inner as z.ZodObject, [...path, key])
      else if (type !== 'record' && type !== 'array') found.set(toVariable([...path, key]), [...path, key])
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
  for (const [variable, path] of listVariables(schema)) {
    const text = environment[variable]
    if (text === undefined || text === '') continue
    let node = tree
    for (const key of path.slice(0, -1)) node = (node[key] ??= {}) as Record<string, unknown>
    node[path.at(-1) ?? ''] = convert(text)
  }
  return tree
}

function convert(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text
}

/** The schema inside defaults and optionals. */
export function unwrap(schema: z.ZodType | undefined): z.ZodType | undefined {
  if (!schema) return undefined
  const { innerType } = schema.def as { innerType?: z.ZodType }
  return innerType ? unwrap(innerType) : schema
}
