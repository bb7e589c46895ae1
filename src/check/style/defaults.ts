import type { HtmlElement } from '../html.ts'
import { parseColorAttribute } from './color.ts'
import type { Longhand } from './shorthand.ts'

const BLOCK = new Set(
  'html body div p table tr td th tbody thead tfoot caption h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre hr center address article aside section header footer main nav figure figcaption form fieldset'.split(
    ' ',
  ),
)

/** What browsers do with an element that nobody styled; only what rules ask about. */
const OWN: Readonly<Record<string, readonly Longhand[]>> = {
  h1: [
    ['font-size', '2em'],
    ['font-weight', 'bold'],
  ],
  h2: [
    ['font-size', '1.5em'],
    ['font-weight', 'bold'],
  ],
  h3: [
    ['font-size', '1.17em'],
    ['font-weight', 'bold'],
  ],
  h4: [['font-weight', 'bold']],
  h5: [
    ['font-size', '0.83em'],
    ['font-weight', 'bold'],
  ],
  h6: [
    ['font-size', '0.67em'],
    ['font-weight', 'bold'],
  ],
  b: [['font-weight', 'bold']],
  strong: [['font-weight', 'bold']],
  th: [['font-weight', 'bold']],
  i: [['font-style', 'italic']],
  em: [['font-style', 'italic']],
  small: [['font-size', 'smaller']],
  big: [['font-size', 'larger']],
  sub: [['font-size', 'smaller']],
  sup: [['font-size', 'smaller']],
  u: [['text-decoration-line', 'underline']],
  ins: [['text-decoration-line', 'underline']],
  mark: [
    ['background-color', 'yellow'],
    ['color', 'black'],
  ],
  head: [['display', 'none']],
}

/** Elements whose `width` attribute browsers heed. */
const SIZED = new Set(['table', 'td', 'th', 'col', 'img', 'hr'])

/** Sizes of `<font size>`, from 1 to 7. */
const FONT_SIZES = ['10px', '13px', '16px', '18px', '24px', '32px', '48px'] as const

/** The same for elements that have the same defaults. */
export function describeKind({ name, attributes }: HtmlElement): string {
  const { bgcolor, background, width, size, color, text, hidden, href } = attributes
  return JSON.stringify([name, bgcolor, background, width, size, color, text, hidden, href === undefined])
}

/** How browsers show an element before any style, its attributes included. */
export function listDefaults(element: HtmlElement): Longhand[] {
  const { name, attributes } = element
  const isLink = name === 'a' && 'href' in attributes
  return [
    ['display', BLOCK.has(name) ? 'block' : 'inline'],
    ...(OWN[name] ?? []),
    ...(isLink ? ([['text-decoration-line', 'underline']] as const) : []),
    ...readAttributes(element),
  ]
}

function readAttributes({ name, attributes }: HtmlElement): Longhand[] {
  const { bgcolor, background, width, size, color, text, hidden } = attributes
  const ink = name === 'font' ? color : name === 'body' ? text : undefined
  const pixels = SIZED.has(name) ? /^\s*(\d+(?:\.\d+)?)\s*(%?)/.exec(width ?? '') : null
  return [
    ...readColor('background-color', bgcolor),
    ...readColor('color', ink),
    ...(background?.trim() ? ([['background-image', `url(${background.trim()})`]] as const) : []),
    ...(name === 'font' && size ? ([['font-size', FONT_SIZES[readFontSize(size) - 1] ?? '16px']] as const) : []),
    ...(pixels ? ([['width', `${pixels[1] ?? ''}${pixels[2] || 'px'}`]] as const) : []),
    ...(hidden === undefined ? [] : ([['display', 'none']] as const)),
  ]
}

function readColor(property: string, value: string | undefined): Longhand[] {
  return value !== undefined && parseColorAttribute(value) ? [[property, toHash(value)]] : []
}

function toHash(color: string): string {
  const value = color.trim()
  return /^[\da-f]{6}$/i.test(value) ? `#${value}` : value
}

function readFontSize(size: string): number {
  const number = Number.parseInt(size, 10)
  return Math.min(7, Math.max(1, /^\s*[+-]/.test(size) ? 3 + number : number)) || 3
}
