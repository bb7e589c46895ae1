/** How many characters a kind has, by what a secret is made of. */
const KINDS: readonly (readonly [RegExp, number])[] = [
  [/^\d*$/, 10],
  [/^(?:[\da-f]*|[\dA-F]*)$/, 16],
  [/^(?:[a-z]*|[A-Z]*)$/, 26],
  [/^(?:[\da-z]*|[\dA-Z]*)$/, 36],
  [/^[\w+/=.-]*$/, 64],
]
/** Words that a person put there. */
const PLACEHOLDER =
  /change[-_ ]?me|secret|password|passwort|example|letterpress|replace|your[-_ ]|newsletter|default|qwert|asdf/gi

/** A text of which less is left consists of rows. */
const MOST_LEFT = 0.75

/**
 * How many bits it takes at most to guess a secret, as far as its looks tell: repetitions, rows such as `1234` and words
 * that people put there count for nothing.
 */
export function estimateBits(secret: string): number {
  const text = findPeriod(secret.replaceAll(PLACEHOLDER, ''))
  const rest = dropRows(text)
  // A short row or two stand in any random text.
  const plain = rest.length < text.length * MOST_LEFT ? rest : text
  const size = KINDS.find(([pattern]) => pattern.test(plain))?.[1] ?? 95
  // Few different characters are a small alphabet, whatever else it may have.
  const distinct = new Set(plain).size
  return Math.floor(plain.length * Math.log2(Math.min(size, 2 * Math.max(distinct, 1))))
}

/** `abcabcabc` is `abc`. */
function findPeriod(text: string): string {
  const period = `${text}${text}`.indexOf(text, 1)
  return period > 0 ? text.slice(0, period) : text
}

/** Characters that only go on with what the last two began: `aaaa`, `1234`, `hgfe`. */
function dropRows(text: string): string {
  const codes = Array.from(text, (letter) => letter.codePointAt(0) ?? 0)
  const step = (at: number) => (codes[at] ?? 0) - (codes[at - 1] ?? 0)
  return Array.from(text)
    .filter((_, at) => at < 2 || Math.abs(step(at)) > 1 || step(at) !== step(at - 1))
    .join('')
}
