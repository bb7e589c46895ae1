import { z } from 'zod'
import { type HtmlElement, listInside, placeElement } from '../html.ts'
import { quote } from '../quote.ts'
import { defineRule } from '../rule.ts'
import type { Computed } from '../style/computed.ts'
import { listLinkRuns } from '../style/link-runs.ts'
import { LIGHT } from '../style/screens.ts'
import { tally, tellMore } from '../style/shown.ts'

export const linkUnderline = defineRule({
  id: 'link-underline',
  severity: 'warning',
  needs: 'rendered',
  summary: 'Link in running text that only its colour tells apart',
  why: 'One man in twelve does not see the difference between red or green and the text around it, and in the dark many clients change the colours. An underline, a border, another weight, slant or background tells a link apart for everybody. Rows of links, buttons and raised numbers of notes need none.',
  remedy: 'Leave the underline that links have, or set `text-decoration: underline`.',
  reference: 'WCAG 2.2, 1.4.1 (use of color)',
  bad: '<p>Read <a href="…" style="color:#b3261e;text-decoration:none">the paper</a> for the proof.</p>',
  good: '<p>Read <a href="…" style="color:#b3261e;text-decoration:underline">the paper</a> for the proof.</p>',
  options: z.strictObject({}),
  check({ html, look, report }) {
    const styleOf = (element: HtmlElement | undefined) => look().styleOf(element, LIGHT)
    const plain = listLinkRuns(html).filter(({ link, outside }) => {
      const style = styleOf(link)
      if (style.hidden || !/\p{L}{2}/u.test(outside) || isRaised(link)) return false
      const around = styleOf(link.parent)
      return ![link, ...listInside(html, link)].some((element) => standsOut(styleOf(element), around))
    })
    for (const { first, count } of tally(plain, () => '')) {
      const words = html.source.slice(first.link.openEnd, first.link.end).replaceAll(/<!--[\s\S]*?-->|<[^>]*>/g, '')
      const message = `Only its colour tells the link ${quote(words.trim())} from the text around it.${tellMore(count)}`
      report({ message, ...placeElement(html, first.link) })
    }
  },
})

function standsOut({ values, isUnderlined, isBold, isItalic }: Computed, around: Computed): boolean {
  const hasLine = ['border-bottom', 'border-bottom-width', 'border-bottom-style'].some((property) => {
    const value = values.get(property)
    return value !== undefined && !/^(?:none|0(?:px)?)(?:\s|$)/i.test(value)
  })
  const background = values.get('background-color')
  const hasBackground = background !== undefined && !/^(?:transparent|initial|inherit|unset)$/i.test(background)
  return isUnderlined || hasLine || hasBackground || isBold !== around.isBold || isItalic !== around.isItalic
}

function isRaised(element: HtmlElement): boolean {
  for (let at: HtmlElement | undefined = element; at; at = at.parent) if (at.name === 'sup') return true
  return false
}
