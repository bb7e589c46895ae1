import { z } from 'zod'
import type { Palette, Theme } from './theme.ts'

const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'a colour is # and six digits, such as #1d4ed8')
// It stands in attributes and in style sheets, and must end neither.
const font = z
  .string()
  .regex(/^[^;{}<>"\p{Cc}]+$/u, "a list of fonts is a text such as Georgia,'Times New Roman',serif")
const pixels = (min: number, max: number) => {
  const error = `a number of pixels from ${min} to ${max}`
  return z.number({ error }).min(min, error).max(max, error)
}

const palette = z.strictObject({
  page: colour,
  sheet: colour,
  text: colour,
  muted: colour,
  accent: colour,
  button: colour,
  buttonText: colour,
  panel: colour,
  line: colour,
} satisfies Record<keyof Palette, z.ZodType>)

/** What a theme must be before a template draws with it. */
export const ThemeSchema = z.strictObject({
  light: palette,
  dark: palette,
  fonts: z.strictObject({ body: font, heading: font, code: font }),
  radius: pixels(0, 100),
  width: pixels(480, 720),
  logo: z
    .strictObject({
      src: z.string().regex(/^https:\/\/[^\s"<>]+$/, 'an address that begins with https://'),
      alt: z.string(),
      width: pixels(1, 720),
      height: pixels(1, 2000),
    })
    .exactOptional(),
} satisfies Record<keyof Theme, z.ZodType>)

/** The built-in theme with what an author's changes; a value that is no object stays, for the schema to refuse. */
export function mergeTheme(base: unknown, over: unknown): unknown {
  if (!isPlain(base) || !isPlain(over)) return over
  const given = Object.entries(over).filter(([, value]) => value !== undefined)
  const merged = given.map(([key, value]) => [key, Object.hasOwn(base, key) ? mergeTheme(base[key], value) : value])
  return { ...base, ...Object.fromEntries(merged) }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
