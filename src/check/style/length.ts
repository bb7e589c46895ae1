/** Pixels per unit that does not depend on where it stands. */
const PIXELS: Readonly<Record<string, number>> = {
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  rem: 16,
}

/** What relative lengths are measured against, in pixels. */
export interface LengthBase {
  readonly fontSizePx: number
  /** What a percentage is taken of; without it a percentage is no length. */
  readonly wholePx?: number
}

/** Reads a length of CSS in pixels; nothing for keywords, unknown units and functions. */
export function readPixels(text: string, base: LengthBase): number | undefined {
  const [, number, unit = ''] = /^([+-]?(?:\d+\.?\d*|\.\d+))([a-z]+|%)?$/i.exec(text.trim()) ?? []
  if (number === undefined) return undefined
  const value = Number(number)
  if (unit === '') return value === 0 ? 0 : undefined
  if (unit === '%') return base.wholePx === undefined ? undefined : (value / 100) * base.wholePx
  const kind = unit.toLowerCase()
  if (kind === 'em') return value * base.fontSizePx
  if (kind === 'ex' || kind === 'ch') return (value * base.fontSizePx) / 2
  const perUnit = PIXELS[kind]
  return perUnit === undefined ? undefined : value * perUnit
}
