import { z } from 'zod'

const isSchema = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'shape' in value && 'safeParse' in value
const isComponent = (value: unknown): boolean =>
  // React.memo and forwardRef give objects.
  typeof value === 'function' || (typeof value === 'object' && value !== null && '$$typeof' in value)

const BlockSchema = z.looseObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_-]*$/, 'a name has lower-case letters, digits, - and _')
    .refine((name) => name !== 'meta', 'meta is what an entry says of itself, and no block'),
  summary: z.string().optional(),
  // From the tool's own zod, but perhaps not of the same copy: looked at, not compared.
  attributes: z.custom(isSchema, 'must be z.strictObject({ … })'),
  body: z.enum(['none', 'markdown', 'actions']),
  canBeShared: z.boolean().optional(),
  Component: z.custom(isComponent, 'must be a component'),
  outline: z.custom((value) => value === undefined || typeof value === 'function', 'must be a function').optional(),
  example: z.string().optional(),
})

/** What `emails/blocks/index.ts` must export as `blocks`. */
export const BlockListSchema = z.array(BlockSchema)
