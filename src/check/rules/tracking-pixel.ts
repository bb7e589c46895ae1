import { z } from 'zod'
import { type HtmlElement, placeElement } from '../html.ts'
import { quote } from '../quote.ts'
import { defineRule } from '../rule.ts'

export const trackingPixel = defineRule({
  id: 'tracking-pixel',
  severity: 'warning',
  needs: 'rendered',
  summary: 'Invisible image that tells who opened the mail',
  why: 'Readers did not agree to it, several countries demand that they do, and the figures are worth little: Apple Mail loads every image by itself, others load none. Images that are sent along with the mail tell nobody and are not reported.',
  remedy: 'Take it out; replies and clicks on an archive page say more.',
  reference: 'ePrivacy Directive 2002/58/EC, article 5(3), EDPB guidelines 2/2023; Apple Mail Privacy Protection',
  bad: '<img src="https://example.com/open/81723.gif" width="1" height="1" alt="">',
  good: 'No such image.',
  options: z.strictObject({}),
  check({ html, rendered, report }) {
    const own = new Set(rendered.images.map(({ src }) => src))
    for (const element of html.elements) {
      const { src = '' } = element.attributes
      if (element.name !== 'img' || !/^(?:https?:)?\/\//i.test(src) || own.has(src) || !isPoint(element)) continue
      report({ message: `The image ${quote(src)} is too small to be seen.`, ...placeElement(html, element) })
    }
  },
})

function isPoint({ attributes }: HtmlElement): boolean {
  return (['width', 'height'] as const).every((side) => {
    const inStyle = new RegExp(`(?:^|;)\\s*${side}\\s*:\\s*([01](?:\\.0+)?)(?:px)?\\s*(?:!important)?\\s*(?:;|$)`, 'i')
    return /^[01](?:px)?$/.test(attributes[side]?.trim() ?? '') || inStyle.test(attributes['style'] ?? '')
  })
}
