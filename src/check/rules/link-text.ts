import { z } from 'zod'
import { listLinks } from '../links.ts'
import { quote } from '../quote.ts'
import { defineRule } from '../rule.ts'
import phrases from './empty-phrases.json' with { type: 'json' }

const EMPTY: ReadonlySet<string> = new Set(Object.values(phrases).flat())

export const linkText = defineRule({
  id: 'link-text',
  severity: 'warning',
  needs: 'rendered',
  summary: 'Link whose words do not say where it leads',
  why: 'Screen readers list the links of a mail by themselves, and eyes jump from one to the next: twenty times “read more” says nothing. Known phrases in English, German, Spanish and French are reported, and only when they are all there is in the link. A link without any words cannot be seen or tapped: an error. A link with only an image is the matter of image-alt.',
  remedy: 'Link the words that name the page: `[the recall figures](https://…)`.',
  reference: 'WCAG 2.2, 2.4.4 and 2.4.9',
  bad: 'The code is [here](https://example.com/code).',
  good: '[The code](https://example.com/code) is public.',
  options: z.strictObject({
    allow: z.array(z.string()).default([]).describe('Words that a link may consist of all the same: `more`.'),
  }),
  check({ issue, html, options, report }) {
    const allowed = new Set(options.allow.map(fold))
    for (const { url, words, hasImage, place } of listLinks(issue, html)) {
      if (words === undefined) continue
      const folded = fold(words)
      if (/^[\s\u{200B}-\u{200D}\u{2060}\u{FEFF}]*$/u.test(words)) {
        if (hasImage) continue
        const remedy = 'Give the link words, or remove it.'
        report({ severity: 'error', message: `The link to ${quote(url)} has no words.`, remedy, ...place })
      } else if (EMPTY.has(folded) && !allowed.has(folded)) {
        report({ message: `The link ${quote(words.trim())} does not say where it leads.`, ...place })
      }
    }
  },
})

// Letters and digits: arrows, dots and quotation marks around a phrase add nothing to it.
function fold(words: string): string {
  return words
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/['’]/g, '’')
    .replaceAll(/[^\p{L}\p{M}\p{N}’]+/gu, ' ')
    .trim()
}
