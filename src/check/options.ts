import { z } from 'zod'
import type { Needs, Rule } from './rule.ts'
import { RULES } from './rules/index.ts'

const Level = z.enum(['off', 'warning', 'error'])

type AnyRule = (typeof RULES)[number]
type Fields<R> =
  R extends Rule<string, Needs, z.ZodObject<infer Shape>> ? Shape & { severity: z.ZodOptional<typeof Level> } : never
type Setting<R> = z.ZodOptional<z.ZodUnion<[typeof Level, z.ZodObject<Fields<R>, z.core.$strict>]>>
type Shape = { [R in AnyRule as R['id']]: Setting<R> }

const shape = Object.fromEntries(
  RULES.map((rule) => [
    rule.id,
    z
      .union([Level, z.strictObject({ ...rule.options.shape, severity: Level.optional() })])
      .optional()
      .describe(rule.summary),
  ]),
) as unknown as Shape

/** The section `checks` of the configuration: per rule `'off'`, `'warning'`, `'error'`, or an object of its options. */
export const CheckOptions = z.strictObject(shape)

/** As written in the configuration. */
export type CheckOptionsInput = z.input<typeof CheckOptions>

/** With every default of the rules that are named. */
export type CheckOptions = z.output<typeof CheckOptions>
