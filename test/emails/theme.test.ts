import { readdirSync } from 'node:fs'
import type { Palette } from 'letterpress/define'
import { describe, expect, test } from 'vitest'
import { theme } from '../../emails/theme.ts'
import { theme as almanac } from '../../emails/themes/almanac.ts'
import { theme as harbour } from '../../emails/themes/harbour.ts'
import { printBrief, printDigest } from './print.ts'

type Pair = readonly [front: keyof Palette, behind: keyof Palette]

const TEXT: readonly Pair[] = [
  ['text', 'sheet'],
  ['muted', 'sheet'],
  ['accent', 'sheet'],
  ['text', 'panel'],
  ['muted', 'panel'],
  ['accent', 'panel'],
  ['muted', 'page'],
  ['buttonText', 'button'],
]
/** Shapes that say what can be pressed (WCAG 1.4.11). */
const SHAPES: readonly Pair[] = [
  ['button', 'panel'],
  ['button', 'sheet'],
]

type Colour = readonly [red: number, green: number, blue: number]

function readColour(hex: string): Colour {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(
    (start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255,
  )
  return [red, green, blue]
}

function contrastOf(first: Colour, second: Colour): number {
  const [dark = 0, light = 0] = [luminanceOf(first), luminanceOf(second)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminanceOf(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** What apps without the media query do at night: same hue, lightness upside down. */
function invert(colour: Colour): Colour {
  const shift = 1 - Math.max(...colour) - Math.min(...colour)
  return [colour[0] + shift, colour[1] + shift, colour[2] + shift]
}

const THEMES = { default: theme, almanac, harbour }
const PALETTES = Object.entries(THEMES).flatMap(([of, { light, dark }]) => [
  [of, 'light', light] as const,
  [of, 'dark', dark] as const,
])

test('every theme of the folder is looked at', () => {
  const files = readdirSync(new URL('../../emails/themes/', import.meta.url))
  expect(files.toSorted()).toEqual(
    Object.keys(THEMES)
      .slice(1)
      .map((name) => `${name}.ts`),
  )
})

describe.each(PALETTES)('of the %s theme the %s palette', (_, name, palette) => {
  test.each(TEXT)('%s on %s can be read, also when an app inverts it by force', (front, behind) => {
    const [a, b] = [readColour(palette[front]), readColour(palette[behind])]
    expect(contrastOf(a, b)).toBeGreaterThanOrEqual(4.5)
    if (name === 'light') expect(contrastOf(invert(a), invert(b))).toBeGreaterThanOrEqual(4.5)
  })

  test.each(SHAPES)('%s stands out from %s', (front, behind) => {
    expect(contrastOf(readColour(palette[front]), readColour(palette[behind]))).toBeGreaterThanOrEqual(3)
  })

  test('has six-digit colours, none of them pure black or white', () => {
    for (const colour of Object.values(palette)) expect(colour).toMatch(/^#(?!f{6}|0{6})[0-9a-f]{6}$/)
  })
})

test('every class of a mail has a rule in the style sheet', () => {
  const html = printDigest()
  const css = /<style>(.*?)<\/style>/s.exec(html.replaceAll(/<!--.*?-->/gs, ''))?.[1] ?? ''
  const used = new Set([...html.matchAll(/ class="([^"]+)"/g)].flatMap((match) => match[1]?.split(' ') ?? []))
  for (const name of used) expect(css).toMatch(new RegExp(`\\.${name}[{, ]`))
})

describe.each(Object.entries(THEMES))('a mail in the %s theme', (_, of) => {
  const known = new Set([...Object.values(of.light), ...Object.values(of.dark)])

  test.each([
    ['digest', printDigest],
    ['brief', printBrief],
  ])('has its colours, faces, corners and logo in the %s', (__, print) => {
    const logo = { src: 'https://example.com/logo.png', alt: 'The Example', width: 120, height: 40 }
    const html = print({ theme: { ...of, logo } })
    const used = [...html.matchAll(/#[0-9a-f]{6}\b/g)].map(([colour]) => colour)
    expect(used.filter((colour) => !known.has(colour))).toEqual([])
    for (const piece of [of.fonts.heading, of.fonts.code, `border-radius:${of.radius}px`, `width="${of.width}"`])
      expect(html).toContain(piece)
    expect(html).toMatch(/<img src="https:\/\/example\.com\/logo\.png" alt="The Example" width="120"/)
  })
})
