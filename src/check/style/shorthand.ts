import { parseColor } from './color.ts'

/** One property and its value, both in lower case where CSS does not care. */
export type Longhand = readonly [property: string, value: string]

const SIDES = ['top', 'right', 'bottom', 'left'] as const
const WIDE = /^(?:inherit|initial|unset|revert|revert-layer)$/i

/** Parts of a value at its blanks; what stands in brackets or quotes stays whole. */
export function splitValue(value: string): string[] {
  return value.match(/(?:"[^"]*"|'[^']*'|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|[^\s"'(])+/g) ?? []
}

/** Takes the shorthands that rules ask about apart; everything else stays as it is. */
export function expand(property: string, value: string): readonly Longhand[] {
  switch (property) {
    case 'background':
      return expandBackground(value)
    case 'font':
      return expandFont(value)
    case 'padding':
    case 'margin':
      return expandSides(property, value)
    case 'border':
      return SIDES.map((side) => [`border-${side}`, value])
    case 'overflow':
      return expandOverflow(value)
    case 'text-decoration':
      return [['text-decoration-line', value]]
    default:
      return [[property, value]]
  }
}

function expandBackground(value: string): Longhand[] {
  if (WIDE.test(value)) {
    return [
      ['background-color', value],
      ['background-image', value],
    ]
  }
  const parts = splitValue(value.replaceAll(/,(?![^(]*\))/g, ' '))
  const color = parts.findLast((part) => isColor(part)) ?? 'transparent'
  const image = parts.find((part) => isImage(part)) ?? 'none'
  return [
    ['background-color', color],
    ['background-image', image],
  ]
}

function isColor(part: string): boolean {
  return parseColor(part) !== undefined || isUnknownColor(part)
}

/** Whether a value paints a picture: an address or a gradient. */
export function isImage(value: string): boolean {
  return /(?:^|\s)(?:url|(?:-\w+-)?(?:repeating-)?(?:linear|radial|conic)-gradient|image-set)\(/i.test(value)
}

/** Colours that browsers know and that nobody here can compute. */
export function isUnknownColor(value: string): boolean {
  return (
    /^(?:var|env|oklch|oklab|lch|lab|hwb|color|color-mix|light-dark)\(/i.test(value) ||
    /^(?:canvas|canvastext|linktext|visitedtext|buttonface|buttontext|field|fieldtext|highlight|graytext)$/i.test(value)
  )
}

function expandFont(value: string): Longhand[] {
  if (WIDE.test(value)) return ['font-size', 'font-weight', 'line-height', 'font-style'].map((name) => [name, value])
  const parts = splitValue(value.replaceAll(/\s*\/\s*/g, '/'))
  const at = parts.findIndex((part) => /^(?:[\d.]+[a-z%]|(?:xx?-)?small|medium|(?:xx?-)?large|smaller)/i.test(part))
  const [size = 'medium', lineHeight = 'normal'] = (parts[at] ?? '').split('/')
  const before = parts.slice(0, Math.max(at, 0)).map((part) => part.toLowerCase())
  return [
    ['font-size', size],
    ['line-height', lineHeight],
    ['font-weight', before.find((part) => /^(?:bold|bolder|lighter|\d{3})$/.test(part)) ?? 'normal'],
    ['font-style', before.find((part) => /^(?:italic|oblique)$/.test(part)) ?? 'normal'],
  ]
}

function expandSides(property: string, value: string): Longhand[] {
  const [top = '0', right = top, bottom = top, left = right] = splitValue(value)
  return [top, right, bottom, left].map((part, index) => [`${property}-${SIDES[index] ?? 'top'}`, part])
}

function expandOverflow(value: string): Longhand[] {
  const [x = 'visible', y = x] = splitValue(value)
  return [
    ['overflow-x', x],
    ['overflow-y', y],
  ]
}
