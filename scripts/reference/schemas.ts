import { z } from 'zod'
import { ConfigSchema } from '../../src/config/index.ts'
import { toJsonSchemas } from '../../src/issue/index.ts'
import type { BlockDefinition } from '../../src/render/index.ts'

/** JSON Schemas that editors complete and underline with, by path. */
export function writeSchemas(blocks: readonly BlockDefinition[]): Record<string, string> {
  const schemas: Record<string, unknown> = {
    ...toJsonSchemas(blocks),
    config: z.toJSONSchema(ConfigSchema, { io: 'input', unrepresentable: 'any' }),
  }
  const entries = Object.entries(schemas).map(([name, schema]) => [
    `schemas/${name}.schema.json`,
    `${JSON.stringify(schema, null, 2)}\n`,
  ])
  return Object.fromEntries(entries) as Record<string, string>
}
