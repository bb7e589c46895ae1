import { z } from 'zod'
import type { Issue } from '../../issue/index.ts'
import { readPlain } from '../issue-tree.ts'
import { formatCount } from '../quote.ts'
import { defineRule } from '../rule.ts'

export const preheaderMissing = defineRule({
  id: 'preheader-missing',
  severity: 'warning',
  needs: 'issue',
  summary: 'No preheader, or one that adds nothing',
  why: 'Mail clients show 30 to 140 characters beside the subject. Without a preheader they take the first words of the mail; one that repeats the subject or those words wastes the line, and beyond 150 characters it counts as hidden text.',
  remedy: 'Write `preheader: …` in the front matter: one sentence that goes on where the subject ends.',
  reference: 'Google 81126 (no hidden content); previews of 30 to 140 characters in common clients',
  bad: 'subject: Five papers on long context\npreheader: Five papers on long context',
  good: 'subject: Five papers on long context\npreheader: "Gemini 1.5 recalls details across 10M tokens"',
  options: z.strictObject({
    maxCharacters: z.number().int().positive().default(150).describe('Longest preheader, in characters.'),
  }),
  check({ issue, options, report }) {
    const range = issue.places['preheader'] ?? issue.places['subject'] ?? issue.places['title']
    const preheader = readPlain(issue.preheader ?? []).trim()
    if (preheader === '') {
      report({ message: 'The issue has no preheader.', range })
      return
    }
    const count = Array.from(preheader).length
    if (count > options.maxCharacters) {
      const message = `The preheader has ${formatCount(count)} characters; more than ${formatCount(options.maxCharacters)} are never shown.`
      report({ message, remedy: 'Shorten it to one sentence.', range })
    }
    if (isRepeat(preheader, readPlain(issue.subject))) {
      report({
        message: 'The preheader repeats the subject.',
        remedy: 'Say something that the subject does not.',
        range,
      })
    } else if (isRepeat(preheader, readOpening(issue))) {
      const remedy = 'Say something else; the first words follow it in the preview.'
      report({ message: 'The preheader repeats the first words of the mail.', remedy, range })
    }
  },
})

/** Letters that two texts must share from the start: about five words. */
const SHARED = 24

/** Where one text is shorter than that, all of it must be the beginning of the other; a word alone says nothing. */
const MIN_SHARED = 8

// Letters and digits only, so that this holds in scripts without blanks.
function isRepeat(a: string, b: string): boolean {
  const [one, other] = [toLetters(a), toLetters(b)]
  if (one === other) return one !== ''
  const shorter = Math.min(one.length, other.length)
  if (shorter < MIN_SHARED) return false
  const needed = Math.min(SHARED, shorter)
  return one.slice(0, needed) === other.slice(0, needed)
}

function toLetters(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
}

function readOpening(issue: Issue): string {
  const [first] = issue.opening.flatMap((piece) => (piece.type === 'prose' ? piece.children : []))
  return first?.type === 'paragraph' ? readPlain(first.children) : ''
}
