import { z } from 'zod'
import type { Message } from '../../message/index.ts'
import { hasWords, placeElement } from '../html.ts'
import { defineRule, type RenderedContext } from '../rule.ts'

export const unsubscribeMissing = defineRule({
  id: 'unsubscribe-missing',
  severity: 'error',
  needs: 'rendered',
  summary: 'No way to unsubscribe',
  why: 'Google and Yahoo demand a visible link in the mail and a List-Unsubscribe header; a reader who finds neither reports spam. The link must be the reader’s own: an address written into a template unsubscribes nobody.',
  remedy: "Put the slot `unsubscribeUrl` into the template: `<a href={slot('unsubscribeUrl')}>Unsubscribe</a>`.",
  reference: 'Google 81126 (bulk senders); RFC 2369 §3.2; RFC 8058; CAN-SPAM 15 U.S.C. 7704(a)(3)',
  bad: '<p>You signed up at news.example.com.</p>',
  good: '<p>You signed up at news.example.com. <a href="{{ unsubscribeUrl }}">Unsubscribe</a></p>',
  options: z.strictObject({}),
  check(context) {
    const { text, sample, message, report } = context
    checkHtml(context)
    if (!text.includes(sample['unsubscribeUrl'] ?? '')) {
      report({ message: 'The text part has no unsubscribe link.', part: 'text' })
    }
    if (message && !hasHeader(message)) {
      const remedy = "Set `url`, or `unsubscribe: 'mailto'`, in the configuration."
      report({ message: 'The message has no List-Unsubscribe header with an address.', remedy, part: 'headers' })
    }
  },
})

function checkHtml({ html, sample, report }: RenderedContext<unknown>): void {
  const links = html.elements.filter(
    ({ name, attributes }) => name === 'a' && attributes['href'] === sample['unsubscribeUrl'],
  )
  const [first] = links
  if (!first) report({ message: 'The HTML has no unsubscribe link.', part: 'html' })
  else if (!links.some((link) => hasWords(html, link))) {
    const remedy = 'Give the link words.'
    report({ message: 'The unsubscribe link in the HTML has no words to tap.', remedy, ...placeElement(html, first) })
  }
}

function hasHeader(message: Message): boolean {
  const raw = message.raw.toString('latin1')
  const header = raw.slice(0, raw.search(/\r?\n\r?\n/)).replaceAll(/\r?\n[ \t]+/g, ' ')
  return /^List-Unsubscribe:[^\r\n]*<(?:https|mailto):[^>\s]+>/im.test(header)
}
