import { z } from 'zod'
import type { BlockSchema } from '../block.ts'
import { FRONT_MATTER, IssueFile } from './schema.ts'

type Json = Record<string, unknown>

/**
 * JSON Schemas (draft 2020-12) with which editors complete and underline.
 *
 * @returns `front-matter` for Markdown files, `issue` for YAML and JSON.
 */
export function toJsonSchemas(blocks: readonly BlockSchema[]): { 'front-matter': Json; issue: Json } {
  const piece = { anyOf: [{ type: 'string', description: 'Text in Markdown.' }, ...blocks.map(describeBlock)] }
  const issue = convert(z.strictObject({ ...SCHEMA, ...IssueFile.shape }), piece)
  return {
    'front-matter': {
      title: 'Front matter of an issue',
      ...convert(z.strictObject({ ...SCHEMA, ...FRONT_MATTER }), piece),
      ...PERIOD,
    },
    issue: { title: 'An issue', ...issue, ...PERIOD },
  }
}

/** Names the schema to an editor; the reader leaves it out. */
const SCHEMA = { $schema: z.string().optional().describe('the address of this schema, for editors') }

/** Exactly one of the three ways to date an issue. */
const PERIOD = {
  oneOf: [{ required: ['week'] }, { required: ['date'] }, { required: ['from', 'to'] }],
}

function convert(schema: z.ZodType, piece: Json): Json {
  return z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override({ jsonSchema }) {
      const { isText, isPieces, example } = jsonSchema as Json
      if (isText === true) {
        delete jsonSchema.anyOf
        jsonSchema.type = 'string'
      }
      if (isPieces === true) jsonSchema.items = piece
      if (typeof example === 'string') jsonSchema.description = `${jsonSchema.description ?? ''} (${example})`
      for (const key of ['isText', 'isPieces', 'example']) delete (jsonSchema as Json)[key]
    },
  }) as Json
}

function describeBlock(block: BlockSchema): Json {
  const {
    $schema: _draft,
    properties,
    required,
    ...rest
  } = z.toJSONSchema(block.attributes.strict(), {
    io: 'input',
    unrepresentable: 'any',
  }) as Json & { properties?: Json; required?: string[] }
  const text = { type: 'string', description: 'Text in Markdown.' }
  const action = {
    type: 'object',
    properties: { label: { type: 'string' }, url: { type: 'string' } },
    required: ['label', 'url'],
  }
  return {
    ...rest,
    description: block.summary,
    properties: {
      type: { const: block.name },
      ...(block.canBeShared ? { name: { type: 'string', description: 'Name of a block of the configuration.' } } : {}),
      ...properties,
      ...(block.body === 'none' ? {} : { body: text }),
      ...(block.body === 'actions' ? { actions: { type: 'array', items: action } } : {}),
    },
    // A shared block brings what is missing.
    required: ['type', ...(block.canBeShared ? [] : (required ?? []))],
  }
}
