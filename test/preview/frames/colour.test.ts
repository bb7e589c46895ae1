import { expect, test } from 'vitest'
import {
  contrastOf,
  formatColour,
  fromLab,
  layOver,
  parseColour,
  toLab,
} from '../../../src/preview/ui/frames/colour.ts'
import {
  forceBackground,
  forceLine,
  type ForcedScheme,
  forceText,
} from '../../../src/preview/ui/frames/forced-colours.ts'

const read = (hex: string) => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16))
  return { red, green, blue, alpha: 1 }
}
const background = (scheme: ForcedScheme, hex: string) => formatColour(forceBackground(scheme, read(hex)))
const text = (scheme: ForcedScheme, hex: string, on: string) =>
  forceText(scheme, { colour: read(hex), before: read(on), after: forceBackground(scheme, read(on)) })

test.for([
  ['rgb(1, 2, 3)', { red: 1, green: 2, blue: 3, alpha: 1 }],
  ['rgba(1, 2, 3, 0.5)', { red: 1, green: 2, blue: 3, alpha: 0.5 }],
  ['rgb(1 2 3 / 0.25)', { red: 1, green: 2, blue: 3, alpha: 0.25 }],
  ['color(srgb 1 0 0.2 / 0.5)', { red: 255, green: 0, blue: 51, alpha: 0.5 }],
  ['oklch(0.5 0.1 20)', undefined],
  ['transparent', undefined],
  ['', undefined],
] as const)('reads %s', ([given, expected]) => {
  expect(parseColour(given)).toEqual(expected)
})

test('knows the lightness of sRGB', () => {
  expect(toLab(read('#ffffff')).lightness).toBeCloseTo(100, 2)
  expect(toLab(read('#000000')).lightness).toBe(0)
  expect(toLab(read('#333333')).lightness).toBeCloseTo(21.247, 2)
  // Red of sRGB: http://www.brucelindbloom.com, D65.
  expect(toLab(read('#ff0000'))).toEqual({
    lightness: expect.closeTo(53.24, 1),
    a: expect.closeTo(80.09, 0),
    b: expect.closeTo(67.2, 0),
  })
})

test.for(['#ffffff', '#000000', '#9b3a1d', '#0b57d0', '#00ff00', '#123456'])('comes back from Lab with %s', (hex) => {
  expect(formatColour(fromLab(toLab(read(hex)), 1))).toBe(formatColour(read(hex)))
})

test('keeps the hue of what is too colourful for its lightness', () => {
  const made = fromLab({ lightness: 90, a: 80, b: 67 }, 1)
  const { lightness, a, b } = toLab(made)
  expect(lightness).toBeCloseTo(90, 0)
  expect(b / a).toBeCloseTo(67 / 80, 1)
})

test('sees what lies under a colour', () => {
  expect(formatColour(layOver({ ...read('#000000'), alpha: 0.5 }, read('#ffffff')))).toBe('rgb(128, 128, 128)')
})

test('Gmail on Android turns light areas and their text, and leaves dark ones', () => {
  expect(background('gmail', '#ffffff')).toBe('rgb(31, 31, 31)')
  expect(background('gmail', '#112233')).toBe('rgb(17, 34, 51)')
  expect(formatColour(text('gmail', '#000000', '#ffffff'))).toBe('rgb(255, 255, 255)')
  expect(formatColour(text('gmail', '#ffffff', '#112233'))).toBe('rgb(255, 255, 255)')
})

test('Gmail on iOS turns all, so that a dark mail becomes light', () => {
  expect(background('gmail-ios', '#ffffff')).toBe('rgb(0, 0, 0)')
  expect(background('gmail-ios', '#000000')).toBe('rgb(255, 255, 255)')
  expect(formatColour(text('gmail-ios', '#ffffff', '#000000'))).toBe('rgb(0, 0, 0)')
})

test('Outlook darkens light areas to #333, and gives text contrast', () => {
  expect(background('outlook', '#ffffff')).toBe('rgb(51, 51, 51)')
  expect(background('outlook', '#1b1b1d')).toBe('rgb(27, 27, 29)')
  for (const [colour, on] of [
    ['#222222', '#ffffff'],
    ['#0000ff', '#ffffff'],
    ['#9b3a1d', '#f4f2ed'],
    ['#777777', '#1b1b1d'],
  ] as const) {
    const after = forceBackground('outlook', read(on))
    expect(contrastOf(text('outlook', colour, on), after)).toBeGreaterThanOrEqual(4.49)
  }
  // Text that has contrast already is left as it is.
  expect(formatColour(text('outlook', '#e6e6e6', '#1b1b1d'))).toBe('rgb(230, 230, 230)')
})

test('a light line on a light area becomes a dark one', () => {
  const line = { colour: read('#dddddd'), before: read('#ffffff'), after: read('#1f1f1f') }
  const { red } = forceLine('gmail', line)
  expect(red).toBeLessThan(80)
  expect(forceLine('gmail', { ...line, before: read('#111111') })).toEqual(line.colour)
})
