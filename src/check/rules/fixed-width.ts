import { z } from 'zod'
import { type HtmlElement, placeElement } from '../html.ts'
import { defineRule } from '../rule.ts'
import { readPixels } from '../style/length.ts'
import type { Look } from '../style/look.ts'
import type { Screen } from '../style/media.ts'
import { LIGHT, LIGHT_PHONE } from '../style/screens.ts'
import { tally, tellMore } from '../style/shown.ts'

interface Options {
  readonly maxPx: number
  readonly phonePx: number
}

interface TooWide {
  readonly element: HtmlElement
  readonly message: string
}

export const fixedWidth = defineRule({
  id: 'fixed-width',
  severity: 'warning',
  needs: 'rendered',
  summary: 'Element that does not fit a phone, or a reading pane',
  why: 'What is wider than the screen must be scrolled sideways for every line, or the client shrinks the whole mail until nobody can read it. A `width` is fine where `max-width`, a percentage or a media query lets it shrink, in a cell, whose width is only a wish, and in something that scrolls by itself; tables for classic Outlook in conditional comments do not count.',
  remedy: 'Write `width: 100%; max-width: 600px`, and for an image `max-width: 100%; height: auto`.',
  reference: 'WCAG 2.2, 1.4.10 (reflow, 320 CSS pixels)',
  bad: '<table role="presentation" width="600"><tr><td>…</td></tr></table>',
  good: '<table role="presentation" width="100%" style="max-width:600px"><tr><td>…</td></tr></table>',
  options: z.strictObject({
    maxPx: z.number().positive().default(640).describe('Greatest width in a window, in pixels.'),
    phonePx: z.number().positive().default(320).describe('Width of a small phone, in pixels.'),
  }),
  check({ html, look, options, report }) {
    const wide = html.elements.flatMap((element) => findTooWide(element, look(), options) ?? [])
    for (const { first, count } of tally(wide, ({ message }) => message)) {
      report({ message: `${first.message}${tellMore(count)}`, ...placeElement(html, first.element) })
    }
  },
})

/** Cells share the width of their table, whatever they wish. */
const CELLS = new Set(['td', 'th', 'col', 'tr'])

function findTooWide(element: HtmlElement, look: Look, options: Options): TooWide | undefined {
  const message = describeOnPhone(element, look, options) ?? describeInWindow(element, look, options)
  return message === undefined ? undefined : { element, message }
}

function describeOnPhone(element: HtmlElement, look: Look, { phonePx }: Options): string | undefined {
  const { width, min, canShrink, canScroll } = readBox(element, look, LIGHT_PHONE)
  const isOver = (px: number | undefined): px is number => px !== undefined && px > phonePx && !canScroll
  if (isOver(min))
    return `This \`<${element.name}>\` is never narrower than ${format(min)} px and does not fit a phone.`
  if (!isOver(width) || canShrink || CELLS.has(element.name)) return undefined
  return `This \`<${element.name}>\` is ${format(width)} px wide also on a phone.`
}

function describeInWindow(element: HtmlElement, look: Look, { maxPx }: Options): string | undefined {
  const { width, max, canScroll } = readBox(element, look, LIGHT)
  const most = Math.min(width ?? max ?? 0, max ?? Number.POSITIVE_INFINITY)
  const isBound = canScroll || element.name === 'img' || CELLS.has(element.name)
  if (most <= maxPx || isBound || isLimited(element, look, maxPx)) return undefined
  return `This \`<${element.name}>\` grows to ${format(most)} px; more than ${format(maxPx)} px do not fit a reading pane.`
}

interface Box {
  readonly width: number | undefined
  readonly min: number | undefined
  readonly max: number | undefined
  readonly canShrink: boolean
  readonly canScroll: boolean
}

function readBox(element: HtmlElement, look: Look, screen: Screen): Box {
  const { values, fontSizePx, canScroll, hidden } = look.styleOf(element, screen)
  const isInline = values.get('display') === 'inline' && element.name !== 'img'
  const pixels = (property: string) =>
    isInline || hidden ? undefined : readPixels(values.get(property) ?? '', { fontSizePx })
  const max = pixels('max-width')
  const width = pixels('width')
  const canShrink =
    /%|calc\(|min\(|v(?:w|min)/i.test(values.get('max-width') ?? '') ||
    (max !== undefined && max <= (screen.widthPx ?? 0))
  return { width, min: pixels('min-width'), max, canShrink, canScroll }
}

function isLimited({ parent }: HtmlElement, look: Look, maxPx: number): boolean {
  for (let outer = parent; outer; outer = outer.parent) {
    const { width, max } = readBox(outer, look, LIGHT)
    if ([width, max].some((limit) => limit !== undefined && limit <= maxPx)) return true
  }
  return false
}

function format(px: number): string {
  return (Math.round(px * 10) / 10).toString()
}
