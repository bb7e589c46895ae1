import { z } from 'zod'
import { type HtmlElement, placeTextNode } from '../html.ts'
import { defineRule } from '../rule.ts'
import { LIGHT, LIGHT_PHONE } from '../style/screens.ts'
import { listShown, tally, tellMore } from '../style/shown.ts'

export const textSmall = defineRule({
  id: 'text-small',
  severity: 'warning',
  needs: 'rendered',
  summary: 'Text that is hard to read for its size',
  why: 'On a phone held at arm’s length letters below 12 px are a blur, and some clients enlarge them and break the layout. Raised and lowered text (`<sup>`, `<sub>`) is small by nature and passed over.',
  remedy: 'Set the text in 12 px or more; 14 px suits a footer, 16 px the text itself.',
  reference: 'Apple Human Interface Guidelines, Typography (11 pt at least); WebKit, `text-size-adjust`',
  bad: '<p style="font-size:10px">You get this mail because you signed up.</p>',
  good: '<p style="font-size:13px">You get this mail because you signed up.</p>',
  options: z.strictObject({ minPx: z.number().positive().default(12).describe('Smallest size of text, in pixels.') }),
  check({ html, look, options, report }) {
    const small = [LIGHT, LIGHT_PHONE].flatMap((screen) =>
      listShown(html, look(), screen).filter(
        // Sizes in em and pt seldom come out even.
        ({ text, style }) => style.fontSizePx < options.minPx - 0.01 && !isRaised(text.parent),
      ),
    )
    const seen = new Set<number>()
    const once = small.filter(({ text }) => !seen.has(text.offset) && seen.add(text.offset))
    for (const { first, count } of tally(once, ({ style }) => formatPixels(style.fontSizePx))) {
      const message = `The text is ${formatPixels(first.style.fontSizePx)} px high; less than ${options.minPx} px is hard to read.${tellMore(count)}`
      report({ message, ...placeTextNode(html, first.text) })
    }
  },
})

function isRaised(element: HtmlElement | undefined): boolean {
  for (let at = element; at; at = at.parent) if (at.name === 'sup' || at.name === 'sub') return true
  return false
}

function formatPixels(px: number): string {
  return (Math.round(px * 10) / 10).toString()
}
