import type { HtmlElement } from '../html.ts'
import { BLACK, blend, type Color, parseColor, WHITE } from './color.ts'
import { findHiding, type Hidden } from './hiding.ts'
import { readPixels } from './length.ts'
import { isImage } from './shorthand.ts'

/** A factor of the font size, or pixels; `normal` is what the client takes when the mail says nothing. */
export type LineHeight = { readonly factor: number } | { readonly px: number } | 'normal'

/** What a text in an element looks like on one screen. */
export interface Computed {
  /** Longhands as they stand on this element, not inherited. */
  readonly values: ReadonlyMap<string, string>
  /** Missing: written in a way that nobody here can compute. */
  readonly color: Color | undefined
  /** Whether the mail gives it, and not the client. */
  readonly isColorSet: boolean
  /** What the text stands on, all layers blended. Missing: an image or a colour that nobody here can compute. */
  readonly backdrop: Color | undefined
  readonly isBackdropSet: boolean
  readonly fontSizePx: number
  readonly lineHeight: LineHeight
  readonly isBold: boolean
  readonly isItalic: boolean
  /** Whether the element or one around it draws a line under the text. */
  readonly isUnderlined: boolean
  readonly opacity: number
  /** Why nothing in it can be seen, and the outermost element that does it. */
  readonly hidden?: Hidden
  /** Whether it can be scrolled sideways, it or one around it. */
  readonly canScroll: boolean
}

/** What a client shows where the mail says nothing. */
export interface Canvas {
  readonly text: Color
  readonly link: Color
  readonly paper: Color
}

const LIGHT_CANVAS: Canvas = { text: BLACK, link: { red: 0, green: 0, blue: 238, alpha: 1 }, paper: WHITE }

// Chromium's colours for `color-scheme: dark`; others differ by little.
const DARK_CANVAS: Canvas = {
  text: WHITE,
  link: { red: 158, green: 158, blue: 255, alpha: 1 },
  paper: { red: 18, green: 18, blue: 18, alpha: 1 },
}

/** The canvas of a client; dark only for a mail that says it knows the dark. */
export function chooseCanvas(isDark: boolean): Canvas {
  return isDark ? DARK_CANVAS : LIGHT_CANVAS
}

/** What stands around `<html>`. */
export function computeRoot({ text, paper }: Canvas): Computed {
  return {
    values: new Map(),
    color: text,
    isColorSet: false,
    backdrop: paper,
    isBackdropSet: false,
    fontSizePx: 16,
    lineHeight: 'normal',
    isBold: false,
    isItalic: false,
    isUnderlined: false,
    opacity: 1,
    canScroll: false,
  }
}

/** Computes an element from what is declared on it and from what stands around it. */
export function compute(
  element: HtmlElement,
  values: ReadonlyMap<string, string>,
  parent: Computed,
  canvas: Canvas,
): Computed {
  const fontSizePx = readFontSize(values.get('font-size'), parent.fontSizePx)
  const opacity = parent.opacity * readOpacity(values.get('opacity'))
  const hidden = findHiding({ element, values, fontSizePx, opacity }, parent.hidden)
  const decoration = values.get('text-decoration-line') ?? ''
  return {
    values,
    ...readColor(element, values.get('color'), parent, canvas),
    ...readBackdrop(values, opacity, parent),
    fontSizePx,
    lineHeight: readLineHeight(values.get('line-height'), fontSizePx) ?? parent.lineHeight,
    isBold: readWeight(values.get('font-weight')) ?? parent.isBold,
    isItalic: /italic|oblique/i.test(values.get('font-style') ?? '') || (!values.has('font-style') && parent.isItalic),
    isUnderlined: /underline/i.test(decoration) || (parent.isUnderlined && values.get('display') !== 'inline-block'),
    opacity,
    ...(hidden && { hidden }),
    canScroll: parent.canScroll || /auto|scroll/i.test(values.get('overflow-x') ?? ''),
  }
}

function readColor(
  element: HtmlElement,
  value: string | undefined,
  parent: Computed,
  canvas: Canvas,
): Pick<Computed, 'color' | 'isColorSet'> {
  if (value === undefined && element.name === 'a' && 'href' in element.attributes)
    return { color: canvas.link, isColorSet: false }
  if (value === undefined || /^(?:inherit|unset|currentcolor)$/i.test(value)) {
    const { color, isColorSet } = parent
    return { color, isColorSet }
  }
  if (/^(?:initial|revert|revert-layer)$/i.test(value)) return { color: canvas.text, isColorSet: false }
  return { color: parseColor(value), isColorSet: true }
}

function readBackdrop(
  values: ReadonlyMap<string, string>,
  opacity: number,
  parent: Computed,
): Pick<Computed, 'backdrop' | 'isBackdropSet'> {
  const around = { backdrop: parent.backdrop, isBackdropSet: parent.isBackdropSet }
  const unknown = { backdrop: undefined, isBackdropSet: true }
  const own = values.get('background-color')
  const hasImage = isImage(values.get('background-image') ?? '')
  if (own === undefined || /^(?:initial|unset|revert|revert-layer)$/i.test(own)) {
    return hasImage ? unknown : around
  }
  if (/^inherit$/i.test(own)) return around
  const color = parseColor(own)
  if (color?.alpha === 0) return hasImage ? unknown : around
  if (!color) return unknown
  // Where images are off the colour is all there is.
  const layer = { ...color, alpha: color.alpha * opacity }
  const backdrop = layer.alpha === 1 ? layer : parent.backdrop && blend(layer, parent.backdrop)
  return { backdrop, isBackdropSet: true }
}

const FONT_KEYWORDS: ReadonlyMap<string, number> = new Map([
  ['xx-small', 9],
  ['x-small', 10],
  ['small', 13],
  ['medium', 16],
  ['large', 18],
  ['x-large', 24],
  ['xx-large', 32],
  ['xxx-large', 48],
])

function readFontSize(value: string | undefined, parentPx: number): number {
  if (value === undefined) return parentPx
  const word = value.toLowerCase()
  if (word === 'smaller') return parentPx / 1.2
  if (word === 'larger') return parentPx * 1.2
  if (word === 'initial') return 16
  return FONT_KEYWORDS.get(word) ?? readPixels(word, { fontSizePx: parentPx, wholePx: parentPx }) ?? parentPx
}

function readLineHeight(value: string | undefined, fontSizePx: number): LineHeight | undefined {
  if (value === undefined) return undefined
  if (/^(?:normal|initial)$/i.test(value)) return 'normal'
  if (/^(?:\d+\.?\d*|\.\d+)$/.test(value)) return { factor: Number(value) }
  const px = readPixels(value, { fontSizePx, wholePx: fontSizePx })
  return px === undefined ? undefined : { px }
}

function readWeight(value: string | undefined): boolean | undefined {
  if (value === undefined || /^(?:inherit|unset|bolder|lighter)$/i.test(value))
    return value?.toLowerCase() === 'bolder' ? true : undefined
  return /^bold$/i.test(value) || Number(value) >= 600
}

function readOpacity(value: string | undefined): number {
  const number = value?.endsWith('%') ? Number(value.slice(0, -1)) / 100 : Number(value ?? 1)
  return Number.isFinite(number) ? Math.min(1, Math.max(0, number)) : 1
}

/** A colour as it comes out on what is behind it, opacity included; nothing when either cannot be computed. */
export function showText({
  color,
  backdrop,
  opacity,
}: Computed): { readonly text: Color; readonly on: Color } | undefined {
  if (!color || !backdrop) return undefined
  return { text: blend({ ...color, alpha: color.alpha * opacity }, backdrop), on: backdrop }
}
