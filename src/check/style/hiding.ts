import type { HtmlElement } from '../html.ts'
import { readPixels } from './length.ts'

/** How an element hides what is in it. */
export type Hiding = 'display' | 'visibility' | 'size' | 'height' | 'opacity' | 'place'

/** What hides a text, and the outermost element that does it. */
export interface Hidden {
  readonly by: Hiding
  readonly root: HtmlElement
}

/** An element with what decides whether it is seen. */
export interface HidingFacts {
  readonly element: HtmlElement
  readonly values: ReadonlyMap<string, string>
  readonly fontSizePx: number
  readonly opacity: number
}

/** Opacity and size below which nobody sees a letter. */
const INVISIBLE_OPACITY = 0.05
const INVISIBLE_PX = 1

/** Distance to the left at which a text has left every screen. */
const FAR_AWAY_PX = -500

/** Whether an element hides its text, or stands in one that does. */
export function findHiding(facts: HidingFacts, around: Hidden | undefined): Hidden | undefined {
  const { element, values, fontSizePx } = facts
  // Out of these two a child can step forward again.
  if (around?.by === 'visibility' && /^visible$/i.test(values.get('visibility') ?? '')) return undefined
  if (around?.by === 'size' && fontSizePx > INVISIBLE_PX) return undefined
  if (around) return around
  const by = HIDINGS.find(([, test]) => test(facts))?.[0]
  return by && { by, root: element }
}

const HIDINGS: readonly (readonly [Hiding, (facts: HidingFacts) => boolean])[] = [
  ['display', (facts) => says(facts, 'display', /^none$/i)],
  ['visibility', (facts) => says(facts, 'visibility', /^(?:hidden|collapse)$/i)],
  ['size', ({ fontSizePx }) => fontSizePx <= INVISIBLE_PX],
  ['opacity', ({ opacity }) => opacity <= INVISIBLE_OPACITY],
  ['height', isFlat],
  ['place', isFarAway],
]

function says({ values }: HidingFacts, property: string, pattern: RegExp): boolean {
  return pattern.test(values.get(property) ?? '')
}

function measure({ values, fontSizePx }: HidingFacts, property: string): number | undefined {
  return readPixels(values.get(property) ?? '', { fontSizePx })
}

function isFlat(facts: HidingFacts): boolean {
  const clips = says(facts, 'overflow-y', /hidden|clip/i) || says(facts, 'overflow-x', /hidden|clip/i)
  return measure(facts, 'max-height') === 0 || (clips && measure(facts, 'height') === 0)
}

function isFarAway(facts: HidingFacts): boolean {
  const isTaken = says(facts, 'position', /^(?:absolute|fixed)$/i)
  const offsets = ['text-indent', ...(isTaken ? ['left', 'top'] : [])].map((property) => measure(facts, property))
  return offsets.some((offset) => offset !== undefined && offset <= FAR_AWAY_PX)
}
