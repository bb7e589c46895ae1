import { describe, expect, test } from 'vitest'
import {
  blend,
  formatColor,
  measureContrast,
  parseColor,
  parseColorAttribute,
  WHITE,
} from '../../../src/check/style/color.ts'

const hex = (text: string) => {
  const color = parseColor(text)
  return color && `${formatColor(color)} ${Math.round(color.alpha * 100) / 100}`
}

describe('parseColor', () => {
  test.for([
    ['#fff', '#ffffff 1'],
    ['#1A2b3C80', '#1a2b3c 0.5'],
    ['RebeccaPurple', '#663399 1'],
    ['transparent', '#000000 0'],
    ['rgb(255, 0, 128)', '#ff0080 1'],
    ['rgba(100%,0%,50%,.5)', '#ff0080 0.5'],
    ['rgb(255 0 128 / 25%)', '#ff0080 0.25'],
    ['rgb(300, -5, 0)', '#ff0000 1'],
    ['hsl(120, 100%, 25%)', '#008000 1'],
    ['hsl(0.5turn 100% 50% / .1)', '#00ffff 0.1'],
    ['hsl(-120deg, 100%, 50%)', '#0000ff 1'],
  ] as const)('reads %s', ([text, expected]) => {
    expect(hex(text)).toBe(expected)
  })

  test.for([
    '',
    '#ff',
    '#ggg',
    'rgb(1,2)',
    'rgb(a, b, c)',
    'var(--ink)',
    'oklch(50% .1 20)',
    'currentcolor',
    'url(a.png)',
  ])('knows that it does not know %j', (text) => {
    expect(parseColor(text)).toBeUndefined()
  })

  test('takes an attribute without its #', () => {
    expect(parseColorAttribute(' ff0080 ')).toEqual(parseColor('#ff0080'))
    expect(parseColorAttribute('nonsense')).toBeUndefined()
  })
})

describe('contrast', () => {
  test.for([
    ['#000', '#fff', 21],
    ['#fff', '#fff', 1],
    ['#067df7', '#fff', 3.97],
    ['#767676', '#fff', 4.54],
    ['rgba(0,0,0,.5)', '#fff', 3.97],
  ] as const)('of %s on %s is %d', ([front, back, expected]) => {
    expect(measureContrast(parseColor(front) ?? WHITE, parseColor(back) ?? WHITE)).toBeCloseTo(expected, 1)
  })

  test('a colour that shines through is mixed with what is behind it', () => {
    const half = parseColor('rgba(0, 0, 0, .5)') ?? WHITE
    expect(formatColor(blend(half, WHITE))).toBe('#808080')
    expect(blend({ ...half, alpha: 0 }, { ...WHITE, alpha: 0 }).alpha).toBe(0)
  })
})
