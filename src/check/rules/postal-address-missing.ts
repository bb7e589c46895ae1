import { z } from 'zod'
import { defineRule } from '../rule.ts'
import { listVisibleRuns } from '../visible.ts'

export const postalAddressMissing = defineRule({
  id: 'postal-address-missing',
  severity: 'error',
  needs: 'rendered',
  summary: 'No postal address',
  why: "Mail to many readers must say where its sender can be reached by post; in the United States it is the law, and its like exists in most countries. Both parts are looked at, the HTML and the text. Blanks, line ends and punctuation may differ from the configuration. A letter to people whom you know may switch the rule off in the configuration, `checks: { 'postal-address-missing': 'off' }`.",
  remedy: "Set `postalAddress: 'Street 1, 12345 Town'` in letterpress.config.ts, and let the template print it.",
  reference: 'CAN-SPAM, 15 U.S.C. 7704(a)(5)(A)(iii); Digitale-Dienste-Gesetz §5',
  bad: '<p>LLM Papers Weekly</p>',
  good: '<p>LLM Papers Weekly, 1 Example Street, 12345 Exampletown</p>',
  options: z.strictObject({}),
  check({ newsletter, html, text, report }) {
    if (!newsletter) return
    const address = newsletter.postalAddress ?? ''
    if (toLetters(address) === '') {
      report({ message: 'No postal address is configured.' })
      return
    }
    if (
      !holds(
        listVisibleRuns(html).map((run) => run.value),
        address,
      )
    ) {
      const remedy = 'Let the template print `newsletter.postalAddress`.'
      report({ message: 'The postal address is missing in the HTML.', remedy, part: 'html' })
    }
    if (!holds([text], address)) {
      report({ message: 'The postal address is missing in the text part.', part: 'text' })
    }
  },
})

// Most mails hold it as it was written, and comparing letters takes its time.
function holds(texts: readonly string[], address: string): boolean {
  return texts.some((text) => text.includes(address)) || toLetters(texts.join(' ')).includes(toLetters(address))
}

function toLetters(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '')
}
