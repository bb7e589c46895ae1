/** What LibreOffice, w3m and the text part say, as words that can be compared. */

// One sign a word where no blanks stand between words; one figure, since the text part sets 2¹² with figures alone.
const WORD =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])[\p{L}\p{M}])+|\p{N}/gu
const ADDRESS = /\b(?:https?|mailto):\S+/g

/** The text part in the stretches that are compared. */
export interface TextWords {
  /** Lines around the letter, whose place is the template's: who sends and when, links to the site, the footer. */
  readonly frame: readonly string[]
  /** From the title to the last word before the footer. */
  readonly body: readonly string[]
}

/**
 * Words in order. Every figure is one, since H₂O and 2¹² are set in pieces; punctuation, signs, bullets and invisible
 * marks of direction and hyphenation are none.
 */
export function splitWords(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .replaceAll(/[\p{Cf}\u0640]/gu, '')
      .match(WORD) ?? []
  )
}

/**
 * The text part without what is its own: addresses, lines that only say where a link leads whose name was said in the
 * same block, the numbers of notes on links, the marks of tasks and images.
 *
 * @param hasAlternatives - whether the program prints the alternative texts of images.
 */
export function readTextPart(text: string, hasAlternatives: boolean): TextWords {
  const own = text
    .replaceAll(/ \[\d+\](?!\()/g, '')
    .replaceAll(/^\[\d+\] \S+$/gm, '')
    .replaceAll(/^\[[^\]:\n：]+[:：]\s([^\]]*)\]$/gm, hasAlternatives ? '$1' : '')
    .replaceAll(/^(\s*(?:[-•]|\d+\.)) \[[^\]\n]+\]/gm, '$1')
    // The name of a sponsor is itself the link; the line that says where it leads repeats it.
    .replaceAll(/^> ([^\n]+?)[:：]\s*https?:\S+$/gmu, (line: string, label: string, at: number, all: string) =>
      all.slice(all.lastIndexOf('\n***\n', at), at).includes(label) ? '' : line,
    )
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
  // Places the word before may stand at: a word that comes again and again must not lead astray.
  let places = shown.flatMap((word, at) => (word === wanted[0] ? [at] : []))
  if (places.length === 0) return `“${wanted[0]}” is nowhere`
  for (const [index, word] of wanted.entries()) {
    if (index === 0) continue
    const next = new Set<number>()
    for (const place of places) {
      const until = Math.min(place + FARTHEST, shown.length - 1)
      for (let at = place + 1; at <= until; at++) if (shown[at] === word) next.add(at)
    }
    const [first = 0] = places
    if (next.size === 0) {
      const before = wanted.slice(Math.max(0, index - 6), index).join(' ')
      return `“${word}” after “${before}”; there stands “${shown.slice(Math.max(0, first - 3), first + 12).join(' ')}”`
    }
    places = [...next]
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
