/** A value as a message quotes it: in straight quotes, cut to a length that keeps the sentence readable. */
export function quote(text: string, maxLength = 60): string {
  return `"${text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text}"`
}

/** `12,345` */
export function formatCount(count: number): string {
  return count.toLocaleString('en-GB')
}

/** `A, B and C` */
export function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
