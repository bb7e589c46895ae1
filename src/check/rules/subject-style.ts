import { z } from 'zod'
import { readPlain } from '../issue-tree.ts'
import { formatCount, quote } from '../quote.ts'
import { defineRule } from '../rule.ts'

/** RFC 5322 §2.1.1: no line is longer, and readers see none of it. */
const MAX_LINE = 998
/** Letters from which capitals are shouting rather than acronyms, and their share. */
const MIN_LETTERS = 12
const SHOUTING = 0.6
/** Letters of a word that is seldom an acronym. */
const LONG_WORD = 4

const REPLY = /^\s*(?:re|fwd?|fw|aw|wg|rv|antw)\s*(?:\[\d+\]\s*)?[:：]/iu

export const subjectStyle = defineRule({
  id: 'subject-style',
  severity: 'warning',
  needs: 'issue',
  summary: 'Subject that is cut off, shouts or pretends',
  why: 'Clients show 40 to 70 characters of a subject. Capitals, rows of exclamation marks and a “Re:” in front of a mail that answers nobody are marks of spam to readers and filters alike. Capitals count only where they are most of at least twelve letters, and of twelve in words of four letters or more, so acronyms are fine. Beyond 998 characters servers refuse the message: an error.',
  remedy: 'Say in one plain line of at most 70 characters what is in the issue.',
  reference: 'Google 81126 (misleading subjects); SpamAssassin SUBJ_ALL_CAPS; RFC 5322 §2.1.1',
  bad: 'subject: "RE: THE BEST PAPERS OF THE WEEK!!!"',
  good: 'subject: "A stolen layer, Quiet-STaR and 15 more papers"',
  options: z.strictObject({
    maxCharacters: z
      .number()
      .int()
      .positive()
      .default(70)
      .describe('Longest subject that is no warning, in characters.'),
  }),
  check({ issue, options, report }) {
    const subject = readPlain(issue.subject).trim()
    const range = issue.places['subject'] ?? issue.places['title']
    const count = Array.from(subject).length
    if (count > MAX_LINE) {
      const message = `The subject has ${formatCount(count)} characters; servers refuse more than ${MAX_LINE}.`
      report({ severity: 'error', message, range })
    } else if (count > options.maxCharacters) {
      const message = `The subject has ${formatCount(count)} characters; most clients cut it off before ${formatCount(options.maxCharacters)}.`
      report({ message, range })
    }
    if (isShouting(subject)) report({ message: 'The subject is written in capitals.', range })
    const reply = REPLY.exec(subject)?.[0].trim()
    if (reply !== undefined) {
      report({ message: `The subject begins with ${quote(reply)}, as if it answered or passed on a mail.`, range })
    }
    const marks = /[!！]\s?[!！]+|[?？][!！]|[!！][?？]/u.exec(subject)?.[0]
    if (marks !== undefined) report({ message: `The subject holds ${quote(marks)}; one mark says as much.`, range })
  },
})

// Scripts without capitals cannot shout. Short words and names with digits are acronyms more often than not.
function isShouting(subject: string): boolean {
  const words = subject.match(/[\p{L}\p{M}\p{N}]+(?:-\p{N}+)?/gu) ?? []
  const long = words.filter((word) => !/\p{N}/u.test(word) && Array.from(word).length >= LONG_WORD)
  return isMostlyCapitals(subject) && isMostlyCapitals(long.join(' '))
}

function isMostlyCapitals(text: string): boolean {
  const upper = text.match(/\p{Lu}/gu)?.length ?? 0
  const lower = text.match(/\p{Ll}/gu)?.length ?? 0
  return upper + lower >= MIN_LETTERS && upper >= SHOUTING * (upper + lower)
}
