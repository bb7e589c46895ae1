import type { HtmlElement, HtmlPage } from '../../html.ts'
import type { Look } from '../look.ts'
import { PLAIN } from '../screens.ts'
import type { StyleRule } from '../stylesheet.ts'
import type { Feature } from './features.ts'
import type { Detector, Hit } from './hit.ts'

/** Text that styles add, rules inside rules, and sizes in units that clients do not know. */
export const detectValues: Detector = (page, look) => [
  ...look.sheet.rules.flatMap((rule) => findAddedText(rule, page)),
  ...look.sheet.nested.slice(0, 1).map(describeNesting),
  ...page.elements.flatMap((element) => (look.isStyled(element) ? findSizes(element, look) : [])),
]

function findAddedText({ selector, declarations, media, offset }: StyleRule, { elements }: HtmlPage): Hit[] {
  const side = selector.pseudoElement
  if ((side !== 'before' && side !== 'after') || !media.every((test) => test(PLAIN))) return []
  const content = declarations.findLast(({ property }) => property === 'content')?.value ?? ''
  const words = content.match(/"[^"]*"|'[^']*'/g)?.join(' ') ?? ''
  // Escapes such as \2022 are signs.
  if (!/[\p{L}\p{N}]/u.test(words.replaceAll(/\\[\da-f]{1,6}\s?/gi, '')) || !elements.some(selector.matches)) return []
  return [
    {
      features: [side === 'before' ? 'css-pseudo-element-before' : 'css-pseudo-element-after'],
      severity: 'error',
      what: `The words ${words} stand only in a style (\`::${side}\`)`,
      effect: 'they are not shown',
      remedy: 'Write them into the text.',
      at: offset,
    },
  ]
}

function describeNesting(offset: number): Hit {
  return {
    features: ['css-nesting'],
    severity: 'warning',
    what: 'A rule stands inside another rule',
    effect: 'it is dropped, or all the styles with it',
    remedy: 'Write each rule out with its whole selector.',
    at: offset,
  }
}

/** Properties whose loss breaks a layout. */
const SIZES = new Set(
  'font-size line-height width max-width min-width height padding-top padding-right padding-bottom padding-left'.split(
    ' ',
  ),
)

const UNITS: readonly (readonly [pattern: RegExp, feature: Feature, name: string])[] = [
  [/\bvar\(/i, 'css-variables', '`var()`'],
  [/\bclamp\(/i, 'css-function-clamp', '`clamp()`'],
  [/\bmin\(/i, 'css-function-min', '`min()`'],
  [/\bmax\(/i, 'css-function-max', '`max()`'],
  [/\bcalc\(/i, 'css-unit-calc', '`calc()`'],
  [/\d(?:\.\d+)?rem\b/i, 'css-unit-rem', '`rem`'],
]

function findSizes(element: HtmlElement, look: Look): Hit[] {
  const applied = look.cascade.listApplied(element).filter(({ media }) => media.every((test) => test(PLAIN)))
  const seen = new Set<string>()
  return applied.toReversed().flatMap(({ property, value }) => {
    if (!SIZES.has(property) || seen.has(property)) return []
    seen.add(property)
    const [, feature, name] = UNITS.find(([pattern]) => pattern.test(value)) ?? []
    const isPlain = (other: string) => !UNITS.some(([pattern]) => pattern.test(other))
    const hasFallback =
      applied.some((one) => one.property === property && isPlain(one.value)) ||
      (property === 'width' && element.attributes['width'] !== undefined)
    if (!feature || !name || hasFallback) return []
    const hit: Hit = {
      features: [feature],
      severity: 'warning',
      what: `Sizes are given with ${name}`,
      effect: 'none of them is taken',
      remedy: 'Write the size in px as well, before the other one.',
      at: element,
    }
    return [hit]
  })
}
