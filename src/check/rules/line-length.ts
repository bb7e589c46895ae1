import { z } from 'zod'
import { placeByte, viewMessage } from '../message-view.ts'
import { formatCount } from '../quote.ts'
import { defineRule } from '../rule.ts'

const MAX_OCTETS = 998

export const lineLength = defineRule({
  id: 'line-length',
  severity: 'error',
  needs: 'message',
  summary: 'Line that SMTP does not carry as it is',
  why: 'A line may hold 998 octets. Postfix cuts a longer one, which breaks the signature; Exim refuses the message. A CR or LF by itself is read as a line end by some servers and not by others, which lets one message be taken for two (SMTP smuggling).',
  remedy: 'Fold long fields, encode bodies as quoted-printable, and end every line with CR LF.',
  reference: 'RFC 5322 §2.1.1 and §2.3; RFC 5321 §4.5.3.1.6; CVE-2023-51764',
  bad: 'List-Unsubscribe: <https://news.example.com/unsubscribe?token=… 1,200 characters …>',
  good: 'List-Unsubscribe: <https://news.example.com/u/1.k.Zm9v>',
  options: z.strictObject({}),
  check({ message, report }) {
    const view = viewMessage(message)
    const { raw } = view
    // Tried at the beginning of a line only: elsewhere each character of each line would count the rest of it.
    for (const { 0: line, index } of raw.matchAll(/(?<![^\r\n])[^\r\n]{999,}/g)) {
      const text = `A line has ${formatCount(line.length)} octets; ${formatCount(MAX_OCTETS)} are the most.`
      report({ message: text, ...placeByte(view, index) })
    }
    const bare = /\r(?!\n)|(?<!\r)\n/.exec(raw)
    if (!bare) return
    const name = bare[0] === '\r' ? 'CR' : 'LF'
    const start = Math.max(raw.lastIndexOf('\n', bare.index - 1), raw.lastIndexOf('\r', bare.index - 1)) + 1
    report({ message: `A line holds a bare ${name}: every line ends with CR LF.`, ...placeByte(view, start) })
  },
})
