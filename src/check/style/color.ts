import names from './color-names.json' with { type: 'json' }

/** A colour in sRGB: channels from 0 to 255, alpha from 0 to 1. */
export interface Color {
  readonly red: number
  readonly green: number
  readonly blue: number
  readonly alpha: number
}

export const WHITE: Color = { red: 255, green: 255, blue: 255, alpha: 1 }
export const BLACK: Color = { red: 0, green: 0, blue: 0, alpha: 1 }
export const TRANSPARENT: Color = { red: 0, green: 0, blue: 0, alpha: 0 }

const NAMES: ReadonlyMap<string, string> = new Map(Object.entries(names))

/**
 * Reads a colour of CSS: hexadecimal, a name, `rgb()` and `hsl()` in old and new syntax.
 *
 * @returns nothing for what it does not know: keywords, variables, `oklch()`.
 */
export function parseColor(text: string): Color | undefined {
  const value = text.trim().toLowerCase()
  if (value === 'transparent') return TRANSPARENT
  if (value.startsWith('#')) return parseHex(value.slice(1))
  const name = NAMES.get(value)
  if (name !== undefined) return parseHex(name)
  const [, kind = '', inner = ''] = /^(rgb|hsl)a?\(([^()]*)\)$/.exec(value) ?? []
  const [first, second, third, alpha = '1'] = inner.split(/[\s,/]+/).filter(Boolean)
  if (first === undefined || second === undefined || third === undefined) return undefined
  const color =
    kind === 'rgb'
      ? fromRgb(readChannel(first), readChannel(second), readChannel(third), readShare(alpha))
      : fromHsl(readAngle(first), readShare(second), readShare(third), readShare(alpha))
  return Object.values(color).every(Number.isFinite) ? color : undefined
}

/** Reads a `bgcolor` or `color` attribute, which may leave the `#` out. */
export function parseColorAttribute(text: string): Color | undefined {
  const value = text.trim()
  return parseColor(value) ?? (/^[\da-f]{6}$/i.test(value) ? parseHex(value.toLowerCase()) : undefined)
}

function parseHex(digits: string): Color | undefined {
  if (!/^(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/.test(digits)) return undefined
  const full = digits.length < 6 ? Array.from(digits, (digit) => digit + digit).join('') : digits
  const read = (at: number) => Number.parseInt(full.slice(at, at + 2), 16)
  return fromRgb(read(0), read(2), read(4), full.length === 8 ? read(6) / 255 : 1)
}

function readChannel(text: string): number {
  return text.endsWith('%') ? readShare(text) * 255 : readNumber(text)
}

/** `50%` and `0.5` are one half. */
function readShare(text: string): number {
  return text.endsWith('%') ? readNumber(text.slice(0, -1)) / 100 : readNumber(text)
}

function readAngle(text: string): number {
  const [, number = '', unit = 'deg'] = /^(.*?)(deg|turn|rad|grad)?$/.exec(text) ?? []
  const perUnit = { deg: 1, turn: 360, rad: 180 / Math.PI, grad: 0.9 }[unit] ?? 1
  return readNumber(number) * perUnit
}

function readNumber(text: string): number {
  return text === 'none' ? 0 : /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN
}

function fromRgb(red: number, green: number, blue: number, alpha: number): Color {
  return { red: clamp(red, 255), green: clamp(green, 255), blue: clamp(blue, 255), alpha: clamp(alpha, 1) }
}

function fromHsl(hue: number, saturation: number, lightness: number, alpha: number): Color {
  const [s, l] = [clamp(saturation, 1), clamp(lightness, 1)]
  const read = (offset: number) => {
    const k = (((offset + hue / 30) % 12) + 12) % 12
    return (l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1))) * 255
  }
  return fromRgb(read(0), read(8), read(4), alpha)
}

function clamp(value: number, limit: number): number {
  return Math.min(Math.max(value, 0), limit)
}

/** A colour laid over one behind it. */
export function blend(front: Color, back: Color): Color {
  const alpha = front.alpha + back.alpha * (1 - front.alpha)
  if (alpha === 0) return TRANSPARENT
  const mix = (one: number, other: number) => (one * front.alpha + other * back.alpha * (1 - front.alpha)) / alpha
  return {
    red: mix(front.red, back.red),
    green: mix(front.green, back.green),
    blue: mix(front.blue, back.blue),
    alpha,
  }
}

/**
 * Contrast of a text with what it stands on, from 1 to 21.
 *
 * @see WCAG 2.2, "contrast ratio" and "relative luminance"
 */
export function measureContrast(front: Color, back: Color): number {
  const [one, other] = [measureLuminance(blend(front, back)), measureLuminance(back)]
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

function measureLuminance({ red, green, blue }: Color): number {
  const linear = (channel: number) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/** `#1a2b3c`, without alpha. */
export function formatColor({ red, green, blue }: Color): string {
  return `#${[red, green, blue].map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`
}
