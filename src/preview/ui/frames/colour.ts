/** Channels 0 to 255, `alpha` 0 to 1. */
export interface Colour {
  readonly red: number
  readonly green: number
  readonly blue: number
  readonly alpha: number
}

/** CIE L*a*b* under D65: lightness 0 to 100. */
export interface Lab {
  readonly lightness: number
  readonly a: number
  readonly b: number
}

const WHITE_POINT = [0.95047, 1, 1.08883] as const
/** CIE 15: where the cube root gives way to a straight line. */
const EPSILON = 216 / 24_389
const KAPPA = 24_389 / 27

/**
 * Reads what `getComputedStyle` says of a colour: `rgb(1, 2, 3)`, `rgba(1, 2, 3, 0.5)`, `color(srgb 0 0.5 1 / 0.5)`.
 *
 * @returns undefined for any other notation.
 */
export function parseColour(text: string): Colour | undefined {
  const [, name = '', list = ''] = /^(rgba?|color)\((.*)\)$/.exec(text.trim()) ?? []
  const isFraction = name === 'color'
  if (name === '' || (isFraction && !list.startsWith('srgb '))) return undefined
  const numbers = list
    .replace('srgb ', '')
    .split(/[\s,/]+/)
    .filter((part) => part !== '')
    .map(Number)
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN, alpha = 1] = numbers
  if ([red, green, blue, alpha].some(Number.isNaN)) return undefined
  const unit = isFraction ? 255 : 1
  return { red: red * unit, green: green * unit, blue: blue * unit, alpha }
}

export function formatColour({ red, green, blue, alpha }: Colour): string {
  const channels = [red, green, blue].map((channel) => Math.round(Math.min(255, Math.max(0, channel))))
  return alpha >= 1 ? `rgb(${channels.join(', ')})` : `rgba(${channels.join(', ')}, ${alpha})`
}

/** What is seen of a colour that lies over an opaque one. */
export function layOver(top: Colour, below: Colour): Colour {
  const mix = (over: number, under: number) => over * top.alpha + under * (1 - top.alpha)
  return {
    red: mix(top.red, below.red),
    green: mix(top.green, below.green),
    blue: mix(top.blue, below.blue),
    alpha: 1,
  }
}

/** Contrast of two opaque colours, 1 to 21. @see WCAG 2.2, "contrast ratio" */
export function contrastOf(one: Colour, other: Colour): number {
  const [light = 1, dark = 0] = [luminanceOf(one), luminanceOf(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

export function toLab(colour: Colour): Lab {
  const [red, green, blue] = linear(colour)
  const x = 0.4124564 * red + 0.3575761 * green + 0.1804375 * blue
  const y = 0.2126729 * red + 0.7151522 * green + 0.072175 * blue
  const z = 0.0193339 * red + 0.119192 * green + 0.9503041 * blue
  const [fx = 0, fy = 0, fz = 0] = [x, y, z].map((value, index) => {
    const t = value / (WHITE_POINT[index] ?? 1)
    return t > EPSILON ? Math.cbrt(t) : (KAPPA * t + 16) / 116
  })
  return { lightness: 116 * fy - 16, a: 500 * (fx - fy), b: 200 * (fy - fz) }
}

/** The nearest colour of a screen: what is too colourful for its lightness becomes paler, not of another hue. */
export function fromLab(lab: Lab, alpha: number): Colour {
  let least = 0
  let most = 1
  let found = toChannels(lab)
  if (!isOnScreen(found)) {
    found = toChannels({ ...lab, a: 0, b: 0 })
    for (let step = 0; step < 12; step++) {
      const share = (least + most) / 2
      const tried = toChannels({ ...lab, a: lab.a * share, b: lab.b * share })
      if (isOnScreen(tried)) [least, found] = [share, tried]
      else most = share
    }
  }
  const [red = 0, green = 0, blue = 0] = found.map((channel) => Math.min(1, Math.max(0, channel)) * 255)
  return { red, green, blue, alpha }
}

function toChannels({ lightness, a, b }: Lab): readonly number[] {
  const fy = (lightness + 16) / 116
  const [x = 0, y = 0, z = 0] = [fy + a / 500, fy, fy - b / 200].map((f, index) => {
    const t = f ** 3 > EPSILON ? f ** 3 : (116 * f - 16) / KAPPA
    return t * (WHITE_POINT[index] ?? 1)
  })
  return [
    3.2404542 * x - 1.5371385 * y - 0.4985314 * z,
    -0.969266 * x + 1.8760108 * y + 0.041556 * z,
    0.0556434 * x - 0.2040259 * y + 1.0572252 * z,
  ].map((channel) => (channel <= 0.0031308 ? channel * 12.92 : 1.055 * channel ** (1 / 2.4) - 0.055))
}

function isOnScreen(channels: readonly number[]): boolean {
  return channels.every((channel) => channel > -0.001 && channel < 1.001)
}

function luminanceOf(colour: Colour): number {
  const [red, green, blue] = linear(colour)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear({ red, green, blue }: Colour): readonly [number, number, number] {
  const decode = (channel: number) => {
    const value = channel / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [decode(red), decode(green), decode(blue)]
}
