import { z } from 'zod'
import { listFields, viewMessage } from '../message-view.ts'
import { defineRule } from '../rule.ts'

const NEEDED = ['From', 'To', 'Subject', 'Date', 'Message-ID', 'MIME-Version'] as const

export const headerMissing = defineRule({
  id: 'header-missing',
  severity: 'error',
  needs: 'message',
  summary: 'Header field that is missing',
  why: 'A message without From, To, Date or Message-ID looks like the work of a script: filters count it against the sender, and some servers refuse it. List-Id lets readers sort a newsletter, and tells responders to stay quiet.',
  remedy: 'Let Letterpress write the head, or add the field where the message is changed on its way.',
  reference: 'RFC 5322 §3.6 and §3.6.4; RFC 2045 §4; RFC 2919; SpamAssassin MISSING_HEADERS, MISSING_DATE, MISSING_MID',
  bad: 'From: Ada <ada@news.example.com>\nSubject: Five papers',
  good: 'From: Ada <ada@news.example.com>\nTo: sam@example.org\nSubject: Five papers\nDate: Fri, 15 Mar 2024 09:00:00 +0000\nMessage-ID: <1.2@news.example.com>\nMIME-Version: 1.0',
  options: z.strictObject({}),
  check({ message, report }) {
    const view = viewMessage(message)
    for (const name of NEEDED) {
      if (listFields(view, name).length === 0) {
        report({ message: `The message has no ${name} field.`, part: 'headers' })
      }
    }
    if (listFields(view, 'List-Id').length === 0) {
      report({ message: 'The message has no List-Id field.', severity: 'warning', part: 'headers' })
    }
  },
})
