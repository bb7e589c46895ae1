import { z } from 'zod'
import { groupByLine } from '../group-by-line.ts'
import { cutExcerpt, placeInRun } from '../html.ts'
import { listParts } from '../issue-tree.ts'
import { placeText } from '../place-text.ts'
import { quote } from '../quote.ts'
import { defineRule } from '../rule.ts'

/**
 * What UTF-8 becomes when it is read as Windows-1252 or Latin 1. The second character of each pair is one that no
 * language puts after the first, so that `SÃO`, `l’Â` and `ð` stay as they are.
 */
const CONTINUATION = String.raw`[\u{80}-\u{BF}\u{152}\u{153}\u{160}\u{161}\u{178}\u{17D}\u{17E}\u{192}\u{2C6}\u{2DC}\u{2013}\u{2014}\u{2018}-\u{201A}\u{201C}-\u{201E}\u{2020}-\u{2022}\u{2026}\u{2030}\u{2039}\u{203A}\u{20AC}\u{2122}]`
const GARBLED = new RegExp(
  [
    String.raw`\u{FFFD}`,
    // dashes, quotation marks, the ellipsis, arrows, ™ and €: â€™, â€”, â†’, â„¢, â‚¬
    `â(?:€${CONTINUATION}?|${CONTINUATION}${CONTINUATION})`,
    // letters with accents: Ã©; twice garbled: Ã¢â‚¬
    String.raw`Ã(?=${CONTINUATION})[^\u{AD}]`,
    // no-break blanks, £, °, «: Â , Â£; a plain blank only after a word, where the no-break one was lost
    String.raw`Â[\u{A0}-\u{BF}]|(?<=[\p{Ll}\p{N}.,;:!?])Â(?= )`,
    // emoji: ðŸ˜€; the byte-order mark: ï»¿
    `ðŸ${CONTINUATION}?|ï(?:»¿|¿½)`,
    // Cyrillic and Greek, two letters in a row: Ð¿Ñ€, ÎºÎ±
    `(?:[ÐÑÎÏ]${CONTINUATION}){2}`,
  ].join('|'),
  'gu',
)

/** What each of the above holds: a cheap first look. */
const CANDIDATE = /[\u{FFFD}âÃÂðïÐÑÎÏ]/u

export const textGarbled = defineRule({
  id: 'text-garbled',
  severity: 'warning',
  needs: 'rendered',
  summary: 'Text that was read in the wrong encoding',
  why: 'Copied from a page or a file that said the wrong encoding, an apostrophe becomes “â€™” and an é “Ã©”. U+FFFD, the question mark in a diamond, stands where a character was lost. Only pairs of characters that no language has are reported.',
  remedy: 'Type the characters anew, or copy the text again from a source that shows it well.',
  reference: 'The Unicode Standard §5.22 (U+FFFD); WHATWG Encoding Standard, windows-1252',
  bad: 'Itâ€™s a cafÃ©.',
  good: 'It’s a café.',
  saidBy: ['issue/encoding'],
  options: z.strictObject({}),
  check({ issue, source, html, report }) {
    const known = new Set<string>()
    for (const text of listParts(issue).texts) {
      for (const { value, index, count } of listLines(text.value)) {
        known.add(value)
        const excerpt = cutExcerpt(text.value.slice(Math.max(0, index - 30)))
        report({ message: describe(value, count), range: placeText(text, index, value.length, source), excerpt })
      }
    }
    for (const run of html.runs) {
      for (const { value, index, count } of listLines(run.value)) {
        if (known.has(value)) continue
        known.add(value)
        report({ message: describe(value, count), ...placeInRun(html, run, index) })
      }
    }
  },
})

// The first of each line, with the number of all in that line.
function listLines(text: string): { readonly value: string; readonly index: number; readonly count: number }[] {
  if (!CANDIDATE.test(text)) return []
  const marks = Array.from(text.matchAll(GARBLED), ({ 0: value, index }) => ({ value, index }))
  return groupByLine(text, marks).flatMap(([first, ...rest]) => (first ? [{ ...first, count: rest.length + 1 }] : []))
}

function describe(value: string, count: number): string {
  const rest = count > 1 ? `, and ${count - 1} more` : ''
  if (value === '\u{FFFD}') return `A character was lost here: the text holds U+FFFD${rest}.`
  return `The text holds ${quote(value)}${rest}, a character in the wrong encoding.`
}
