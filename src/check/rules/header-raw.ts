import { z } from 'zod'
import { type MessageField, placeField, viewMessage } from '../message-view.ts'
import { defineRule } from '../rule.ts'

/** Fields of addresses and identifiers: an encoded-word there is no word but a broken value. */
const STRUCTURED = /^(?:from|sender|reply-to|to|cc|message-id|in-reply-to|references|list-.*|feedback-id)$/
const ENCODED_WORD = /=\?[^?\s]+\?[bq]\?[^?\s]*\?=/i

export const headerRaw = defineRule({
  id: 'header-raw',
  severity: 'error',
  needs: 'message',
  summary: 'Bytes in a header field that do not belong there',
  why: 'A head is ASCII: Gmail refuses raw accents and control characters in it, others show rubbish. What is not ASCII is written as encoded-words, and those may stand in a subject or a name, never within an address, an identifier, a list address or quotation marks.',
  remedy: 'Encode names and subjects (RFC 2047), percent-encode addresses of the web, and write domains as A-labels.',
  reference: 'RFC 5322 §2.2; RFC 2047 §5; Google 81126 (550 5.7.1)',
  bad: 'List-Unsubscribe: <https://news.example.com/abmelden/für-immer>',
  good: 'List-Unsubscribe: <https://news.example.com/abmelden/f%C3%BCr-immer>',
  options: z.strictObject({}),
  check({ message, report }) {
    const view = viewMessage(message)
    for (const field of view.root.fields) {
      const trouble = judge(field)
      if (trouble !== undefined) report({ message: `${field.name} ${trouble}.`, ...placeField(view, field) })
    }
  },
})

function judge({ key, raw, value }: MessageField): string | undefined {
  if (/[\u{80}-\u{FF}]/u.test(raw)) return 'holds bytes beyond ASCII'
  // Folds are CR, LF and a blank; a tab is white space.
  // oxlint-disable-next-line no-control-regex
  if (/[\u{0}-\u{8}\u{B}-\u{1F}\u{7F}]/u.test(raw.replaceAll(/\r\n(?=[ \t])/g, ''))) return 'holds a control character'
  if (!STRUCTURED.test(key) || !ENCODED_WORD.test(value)) return undefined
  if ([...value.matchAll(/"(?:[^"\\]|\\.)*"/g)].some(([quoted]) => ENCODED_WORD.test(quoted))) {
    return 'has an encoded-word within quotation marks, where it is not decoded'
  }
  // What is left after names is addresses and identifiers.
  const names = key === 'list-id' || !key.startsWith('list-') ? value.replaceAll(/[^<>,]*(?=<)/g, '') : value
  return ENCODED_WORD.test(names) ? 'has an encoded-word where an address or identifier stands' : undefined
}
