import type { HtmlElement, HtmlPage } from '../../html.ts'
import type { Applied } from '../cascade.ts'
import { measureContrast, parseColor } from '../color.ts'
import type { Look } from '../look.ts'
import { PLAIN } from '../screens.ts'
import { isImage } from '../shorthand.ts'
import { hasLetters } from '../shown.ts'
import { type Detector, type Hit, hasShape, readBefore, readBeginning } from './hit.ts'
import type { Feature } from './features.ts'

/** Contrast below which a text that lost a colour cannot be read. */
const READABLE = 3

/** Colours and pictures behind text that clients drop, where what is left cannot be read. */
export const detectPaint: Detector = (page, look) => {
  const holders = listTextHolders(page)
  return page.elements.flatMap((element) => {
    if (!look.isStyled(element) || look.styleOf(element, PLAIN).hidden) return []
    const found = [findPicture(page, element, look, holders), findClip(element, look, holders)]
    return [...found.filter((hit) => hit !== undefined), ...findColors(element, look, holders)]
  })
}

/** Elements with a text somewhere in them, and the innermost element of the first one. */
function listTextHolders({ texts }: HtmlPage): ReadonlyMap<HtmlElement, HtmlElement> {
  const holders = new Map<HtmlElement, HtmlElement>()
  for (const { value, parent } of texts) {
    if (!parent || !hasLetters(value)) continue
    for (let at: HtmlElement | undefined = parent; at && !holders.has(at); at = at.parent) holders.set(at, parent)
  }
  return holders
}

type Holders = ReadonlyMap<HtmlElement, HtmlElement>

function findPicture(page: HtmlPage, element: HtmlElement, look: Look, holders: Holders): Hit | undefined {
  const { values } = look.styleOf(element, PLAIN)
  const image = values.get('background-image') ?? ''
  const inner = holders.get(element)
  const text = inner && look.styleOf(inner, PLAIN)
  if (!isImage(image) || !text || text.backdrop || hasColor(values)) return undefined
  if (hasShape(readBefore(page, element)) || hasShape(readBeginning(page, element))) return undefined
  const isReadable = reads(text.color, look.styleOf(element.parent, PLAIN).backdrop)
  const [feature, name] = classifyImage(image)
  return {
    features: [feature],
    severity: isReadable ? 'warning' : 'error',
    what: `Text stands on ${name} with no colour behind it`,
    effect: `the text stands on what is behind${isReadable ? ' instead' : ', where it cannot be read'}`,
    remedy:
      'Give the same element a `background-color`, and a `bgcolor` where it is a cell; it also serves where images are off.',
    at: element,
  }
}

function classifyImage(image: string): readonly [feature: Feature, name: string] {
  const gradient = /(linear|radial)-gradient/i.exec(image)?.[1]?.toLowerCase()
  if (gradient === 'linear') return ['css-linear-gradient', 'a gradient']
  return gradient ? ['css-radial-gradient', 'a gradient'] : ['css-background-image', 'a background image']
}

function hasColor(values: ReadonlyMap<string, string>): boolean {
  const color = values.get('background-color')
  return color !== undefined && (parseColor(color)?.alpha ?? 0) > 0
}

function findClip(element: HtmlElement, look: Look, holders: Holders): Hit | undefined {
  const { values, color } = look.styleOf(element, PLAIN)
  const isClipped = ['background-clip', '-webkit-background-clip'].some((name) => /text/i.test(values.get(name) ?? ''))
  const isClear = color?.alpha === 0 || /transparent/i.test(values.get('-webkit-text-fill-color') ?? '')
  if (!isClipped || !isClear || !holders.has(element)) return undefined
  return {
    features: ['css-background-clip'],
    severity: 'error',
    what: 'Text is drawn with `background-clip: text` and has no colour itself',
    effect: 'no text is shown',
    remedy: 'Give the text a plain `color`.',
    at: element,
  }
}

const COLORS = { color: 'text colour', 'background-color': 'background colour' } as const

function findColors(element: HtmlElement, look: Look, holders: Holders): Hit[] {
  if (!holders.has(element)) return []
  const applied = look.cascade.listApplied(element).filter(({ media }) => media.every((test) => test(PLAIN)))
  return (Object.keys(COLORS) as (keyof typeof COLORS)[]).flatMap((property) => {
    const own = applied.filter((one) => one.property === property)
    const last = own.at(-1)
    const feature = last && classify(last.value)
    if (!last || !feature || hasPlain(element, property, own)) return []
    const isReadable = readsWithout(element, property, look)
    if (isReadable && feature === 'css-rgba') return []
    const hit: Hit = {
      features: [feature],
      severity: isReadable ? 'warning' : 'error',
      what: `The ${COLORS[property]} \`${last.value.slice(0, 40)}\` has no fallback`,
      effect: isReadable ? 'it is left out' : 'it is left out, and the text cannot be read',
      remedy: 'Write the colour as `#1a2b3c`; before it, where the other one must stay.',
      at: element,
    }
    return [hit]
  })
}

function classify(value: string): Feature | undefined {
  if (/\bvar\(/i.test(value)) return 'css-variables'
  if (/^(?:oklch|oklab|lch|lab|hwb|color|color-mix|light-dark)\(/i.test(value)) return 'css-modern-color'
  if (/^(?:rgb|hsl)a?\([^,]*\)$/i.test(value)) return 'css-modern-color'
  const alpha = /^rgba\(/i.test(value) ? parseColor(value)?.alpha : undefined
  return alpha !== undefined && alpha > 0 ? 'css-rgba' : undefined
}

function hasPlain({ attributes }: HtmlElement, property: string, own: readonly Applied[]): boolean {
  if (property === 'background-color' && attributes['bgcolor']) return true
  // One style attribute that holds the new syntax is stripped whole; the old way before it goes with it.
  return own.some(({ value }) => parseColor(value) !== undefined && classify(value) === undefined)
}

function readsWithout(element: HtmlElement, property: keyof typeof COLORS, look: Look): boolean {
  const own = look.styleOf(element, PLAIN)
  const around = look.styleOf(element.parent, PLAIN)
  return property === 'color' ? reads(around.color, own.backdrop) : reads(own.color, around.backdrop)
}

function reads(color: Parameters<typeof measureContrast>[0] | undefined, on: typeof color): boolean {
  return color !== undefined && on !== undefined && measureContrast(color, on) >= READABLE
}
