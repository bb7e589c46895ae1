const WORD = /[\p{L}\p{M}\p{N}]+/gu

/** A character of a script that puts no blanks between words. */
const UNSPACED = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]`
const HAS_UNSPACED = new RegExp(UNSPACED, 'u')
const UNSPACED_RUN = new RegExp(`${UNSPACED}+`, 'gu')

/** Breaks that a narrow page makes in such scripts, with the marks of a quote before the next line. */
const BREAK = new RegExp(String.raw`(?<=${UNSPACED})[ \t]*\n[>\s]*(?=${UNSPACED})`, 'gu')

/** Addresses of pages and mailboxes, and the numbers of links: `[12]`. */
const ADDRESS = /(?:https?:\/\/|mailto:|tel:)\S+|\[\d+\]/gi

/**
 * How often each word stands in a text, in lower case. Of scripts without blanks each pair of neighbouring characters
 * is a word, so that lines may break anywhere in them.
 */
export function countWords(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  const add = (word: string): void => void counts.set(word, (counts.get(word) ?? 0) + 1)
  const plain = texts.join('\n').replaceAll(ADDRESS, ' ').normalize('NFKC').toLowerCase()
  if (!HAS_UNSPACED.test(plain)) {
    for (const word of plain.match(WORD) ?? []) add(word)
    return counts
  }
  const whole = plain.replaceAll(BREAK, '')
  for (const word of whole.replaceAll(UNSPACED_RUN, ' ').match(WORD) ?? []) add(word)
  for (const run of whole.match(UNSPACED_RUN) ?? []) {
    const characters = Array.from(run)
    if (characters.length === 1) add(run)
    for (let at = 0; at + 1 < characters.length; at++) add(`${characters[at]}${characters[at + 1]}`)
  }
  return counts
}
