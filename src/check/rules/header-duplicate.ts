import { z } from 'zod'
import { placeField, viewMessage } from '../message-view.ts'
import { defineRule } from '../rule.ts'

/** Fields that may stand once (RFC 5322 §3.6, RFC 2045, RFC 2369 §3, RFC 2919 §3, RFC 8058 §3.1). */
const ONCE = new Set(
  'from sender reply-to to cc subject date message-id in-reply-to references mime-version content-type content-transfer-encoding list-id list-unsubscribe list-unsubscribe-post list-archive list-help list-post list-owner list-subscribe feedback-id'.split(
    ' ',
  ),
)

export const headerDuplicate = defineRule({
  id: 'header-duplicate',
  severity: 'error',
  needs: 'message',
  summary: 'Header field that stands twice',
  why: 'Gmail refuses a message with two of a field that may stand once, and other servers sign one and show the other. Two List-Unsubscribe fields are two answers to one question: both addresses belong into one field.',
  remedy: 'Write the field once; addresses of List-Unsubscribe stand in one field, with a comma between them.',
  reference: 'RFC 5322 §3.6; RFC 2369 §3; Google 81126 (550 5.7.1, single-instance headers)',
  bad: 'List-Unsubscribe: <https://news.example.com/u/1>\nList-Unsubscribe: <mailto:leave@news.example.com>',
  good: 'List-Unsubscribe: <https://news.example.com/u/1>, <mailto:leave@news.example.com>',
  options: z.strictObject({}),
  check({ message, report }) {
    const view = viewMessage(message)
    const seen = new Set<string>()
    for (const field of view.root.fields) {
      if (!ONCE.has(field.key)) continue
      if (seen.has(field.key)) {
        report({ message: `The field ${field.name} stands more than once.`, ...placeField(view, field) })
      }
      seen.add(field.key)
    }
  },
})
