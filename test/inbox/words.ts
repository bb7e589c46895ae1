/** What LibreOffice, w3m and the text part say, as words that can be compared. */

// One sign a word where no blanks stand between words.
const WORD = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])[\p{L}\p{M}])+|\p{N}+/gu
const ADDRESS = /\b(?:https?|mailto):\S+/g

/** The text part in the stretches that are compared. */
export interface TextWords {
  /** Lines around the letter, whose place is the template's: who sends and when, links to the site, the footer. */
  readonly frame: readonly string[]
  /** From the title to the last word before the footer. */
  readonly body: readonly string[]
}

/**
 * Words in order. Letters and figures are apart, since H₂O is set in three pieces; punctuation, signs and bullets are
 * none. Invisible marks of direction and hyphenation are no words either.
 */
export function splitWords(text: string): string[] {
  return text.normalize('NFKC').replaceAll(/[\p{Cf}\u0640]/gu, '').match(WORD) ?? []
}

/**
 * The text part without what is its own: addresses, lines that only say where a link leads, the numbers of such lines,
 * the marks of lists, done tasks and images.
 *
 * @param hasAlternatives - whether the program prints the alternative texts of images.
 */
export function readTextPart(text: string, hasAlternatives: boolean): TextWords {
  const own = text
    .replaceAll(/ \[\d+\](?!\()/g, '')
    .replaceAll(/^\[\d+\] \S+$/gm, '')
    .replaceAll(/^\[[^\]:\n：]+[:：]\s([^\]]*)\]$/gm, hasAlternatives ? '$1' : '')
    .replaceAll(/^(\s*(?:[-•]|\d+\.)) \[[^\]\n]+\]/gm, '$1')
  const [head = '', ...rest] = own.split(/(?=^.+\n=+$)/m)
  const lines = rest.join('').split('\n')
  const end = lines.findLastIndex((line) => /^-{20,}$/.test(line))
  const body = lines.slice(0, end)
  // "Read online: https://…", the first line that is nothing but a label and an address.
  const online = body.findIndex((line) => /^[^>\n]+[:：] ?https?:\S+$/u.test(line))
  const [link = ''] = online < 0 ? [] : body.splice(online, 1)
  const frame = [head, link, ...lines.slice(end)].join('\n')
  return { frame: splitWords(frame.replaceAll(ADDRESS, '')), body: splitWords(body.join('\n').replaceAll(ADDRESS, '')) }
}

/** How many words of its own a program may show between two of the text part: contents have links of their own. */
const FARTHEST = 40

/**
 * The first word of the body that does not follow the one before it, with the words around it; undefined when all do,
 * in their order, none more than 40 words behind the last.
 */
export function findLostWord(wanted: readonly string[], shown: readonly string[]): string | undefined {
  let from = 0
  for (const [index, word] of wanted.entries()) {
    const at = shown.indexOf(word, from)
    if (at < 0 || at - from > FARTHEST) {
      const before = wanted.slice(Math.max(0, index - 6), index).join(' ')
      return `“${word}” after “${before}”; there stands “${shown.slice(Math.max(0, from - 3), from + 12).join(' ')}”`
    }
    from = at + 1
  }
  return undefined
}

/** Words of the frame that are nowhere, each as often as it is missing. */
export function listMissing(wanted: readonly string[], shown: readonly string[]): string[] {
  const left = [...shown]
  return wanted.filter((word) => {
    const at = left.indexOf(word)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}
