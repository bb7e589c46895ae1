import { z } from 'zod'
import { OBJECT } from '../html.ts'
import { formatCount } from '../quote.ts'
import { defineRule } from '../rule.ts'
import { listVisibleRuns } from '../visible.ts'

export const imageOnly = defineRule({
  id: 'image-only',
  severity: 'error',
  needs: 'rendered',
  summary: 'Mail that is little more than images',
  why: 'Where images are blocked such a mail is empty, nobody can search it or hear it read, and filters count it among the surest marks of spam. Counted are visible characters of the whole mail, footer included.',
  remedy: 'Write what the images say as text, and keep images for what cannot be said.',
  reference: 'SpamAssassin HTML_IMAGE_ONLY_04 to _32',
  bad: '<a href="https://example.com/"><img src="https://example.com/offer.png" alt="All of our offer"></a>',
  good: 'The offer in three paragraphs, with one picture.',
  options: z.strictObject({
    minCharacters: z
      .number()
      .int()
      .min(0)
      .default(400)
      .describe('Visible characters that a mail with images must have.'),
  }),
  check({ html, options, report }) {
    const images = html.elements.filter(({ name }) => name === 'img').length
    if (images === 0) return
    const text = listVisibleRuns(html)
      .map((run) => run.value)
      .join(' ')
      .replaceAll(OBJECT, '')
    const count = Array.from(text.replaceAll(/\s+/g, ' ').trim()).length
    if (count >= options.minCharacters) return
    const noun = images === 1 ? 'an image' : `${formatCount(images)} images`
    report({ message: `The mail has ${noun} and only ${formatCount(count)} characters of text.`, part: 'html' })
  },
})
