import { z } from 'zod'
import { type HtmlElement, listInside, placeElement } from '../html.ts'
import { quote } from '../quote.ts'
import { defineRule, type RenderedContext } from '../rule.ts'
import type { Computed } from '../style/computed.ts'
import { readPixels } from '../style/length.ts'
import { listLinkRuns } from '../style/link-runs.ts'
import type { Look } from '../style/look.ts'
import { LIGHT_PHONE } from '../style/screens.ts'
import { hasLetters, tally, tellMore } from '../style/shown.ts'

export const tapTarget = defineRule({
  id: 'tap-target',
  severity: 'warning',
  needs: 'rendered',
  summary: 'Link too low for a finger',
  why: 'A link of less than 24 px is missed, or the one beside it is hit: annoying for a menu, costly between "Preferences" and "Unsubscribe". Counted is the height of the line with the link’s own padding above and below, on a phone; where the mail sets neither, clients choose the height, and nothing is said. Links inside a sentence are as high as their line and passed over, and so are pictures.',
  remedy: 'Give the link a `line-height` of 24 px or more, or padding; 44 px is comfortable for a button.',
  reference: 'WCAG 2.2, 2.5.8 (target size, minimum)',
  bad: '<p style="font-size:13px;line-height:18px"><a href="…">Preferences</a> · <a href="…">Unsubscribe</a></p>',
  good: '<p style="font-size:13px;line-height:28px"><a href="…">Preferences</a> · <a href="…">Unsubscribe</a></p>',
  options: z.strictObject({ minPx: z.number().positive().default(24).describe('Least height, in pixels.') }),
  check(context) {
    const { html, look, options, report } = context
    const low = listLinkRuns(html)
      .filter(({ link, outside }) => !hasLetters(outside) && !look().styleOf(link, LIGHT_PHONE).hidden)
      .map(({ link }) => ({ link, height: measureHeight(link, look(), context) }))
      .filter(({ height }) => height < options.minPx - 0.01)
    for (const { first, count } of tally(low, ({ height }) => formatPixels(height))) {
      const words = html.source.slice(first.link.openEnd, first.link.end).replaceAll(/<!--[\s\S]*?-->|<[^>]*>/g, '')
      const message = `The link ${quote(words.trim())} is ${formatPixels(first.height)} px high, too low for a finger.${tellMore(count)}`
      report({ message, ...placeElement(html, first.link) })
    }
  },
})

/** Height of a line where the style says `normal`, as a factor of the font size. */
const NORMAL_LINE = 1.2

function measureHeight(link: HtmlElement, look: Look, { html }: RenderedContext<unknown>): number {
  const inside = listInside(html, link)
  const styles = [link, ...inside].map((element) => look.styleOf(element, LIGHT_PHONE))
  const isOpen = styles.every((style) => style.lineHeight === 'normal' && measurePadding(style) === 0)
  if (isOpen || inside.some(({ name }) => name === 'img')) return Number.POSITIVE_INFINITY
  return Math.max(...styles.map(measureBox))
}

function measureBox(style: Computed): number {
  const { values, fontSizePx, lineHeight } = style
  const { px, factor } = { px: 0, factor: 0, ...(lineHeight === 'normal' ? { factor: NORMAL_LINE } : lineHeight) }
  const read = (property: string) => readPixels(values.get(property) ?? '0', { fontSizePx }) ?? 0
  const box = values.get('display') === 'inline' ? 0 : Math.max(read('height'), read('min-height'))
  return Math.max(px + factor * fontSizePx, box) + measurePadding(style)
}

function measurePadding({ values, fontSizePx }: Computed): number {
  const [top = 0, bottom = 0] = ['padding-top', 'padding-bottom'].map((property) =>
    readPixels(values.get(property) ?? '0', { fontSizePx }),
  )
  return top + bottom
}

function formatPixels(px: number): string {
  return (Math.round(px * 10) / 10).toString()
}
