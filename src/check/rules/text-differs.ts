import { z } from 'zod'
import { OBJECT } from '../html.ts'
import { listParts } from '../issue-tree.ts'
import { quote } from '../quote.ts'
import { defineRule } from '../rule.ts'
import { listVisibleRuns } from '../visible.ts'
import { countWords } from '../words.ts'

/** Missing words that a message names. */
const MAX_NAMED = 5

/** Below so many missing words a difference is a matter of labels, not of content. */
const MIN_MISSING = 6

export const textDiffers = defineRule({
  id: 'text-differs',
  severity: 'error',
  needs: 'rendered',
  summary: 'Text part that says less than the HTML',
  why: 'Readers of plain text, watches and many search indexes get the text part alone, and filters distrust a mail whose two parts differ. Every visible word of the HTML is looked for in the text part, words of the issue as often as they stand there. Addresses, alternative texts, code and the preheader do not count; neither do line ends, quotation marks or capitals.',
  remedy:
    'Let the text part be written from the issue, as the built-in one is, or put what is missing into the issue rather than into the template.',
  reference: 'SpamAssassin MIME_HTML_ONLY and MPART_ALT_DIFF; rspamd R_PARTS_DIFFER',
  bad: 'HTML of 900 words, and a text part that says: View this mail in your browser.',
  good: 'A text part with every paragraph of the HTML, and each link’s address beneath it.',
  options: z.strictObject({
    maxMissing: z.number().min(0).max(1).default(0.05).describe('Share of the HTML’s words that may be missing.'),
  }),
  check({ issue, html, text, options, report }) {
    if (text.trim() === '') {
      report({ message: 'The text part is empty.', part: 'text' })
      return
    }
    const shown = countWords(listVisibleRuns(html).map((run) => run.value.replaceAll(OBJECT, ' ')))
    const written = countWords([text])
    const total = sum(shown.values())
    const isLacking = (missing: number): boolean => missing >= MIN_MISSING && missing > total * options.maxMissing
    const absent = [...shown].filter(([word, count]) => count > (written.get(word) ?? 0))
    if (!isLacking(sum(absent.map(([word, count]) => count - (written.get(word) ?? 0))))) return
    const own = countWords(listParts(issue).texts.map(({ value }) => value))
    const missing = sum(
      absent.map(([word, count]) => {
        const found = written.get(word) ?? 0
        // A template says "online" in each line of the contents; only what the issue says must stand as often.
        return found === 0 ? count : Math.max(0, Math.min(count, own.get(word) ?? 0) - found)
      }),
    )
    if (!isLacking(missing)) return
    const names = absent.flatMap(([word]) => (written.has(word) ? [] : [word]))
    const share = Math.round((100 * missing) / total)
    const examples = names.slice(0, MAX_NAMED).map((word) => quote(word, 30))
    report({
      message: `The text part lacks ${share}% of the words of the HTML${examples.length > 0 ? `, such as ${examples.join(', ')}` : ''}.`,
      part: 'text',
    })
  },
})

function sum(numbers: Iterable<number>): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}
