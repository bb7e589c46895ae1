import { toLine } from '../base/index.ts'

const MAX_LENGTH = 64

/** A tag as it is stored and compared: lower case, one line. @returns undefined when it cannot be one. */
export function normalizeTag(text: string): string | undefined {
  const tag = toLine(text).normalize('NFC').toLowerCase()
  return tag === '' || tag.length > MAX_LENGTH || tag.includes(';') ? undefined : tag
}

/** `;beta;weekly;`, sorted, so that equal lists are equal texts and one tag is found by `;beta;`; empty for none. */
export function joinTags(tags: Iterable<string>): string {
  const sorted = [...new Set(tags)].toSorted((a, b) => (a < b ? -1 : 1))
  return sorted.length === 0 ? '' : `;${sorted.join(';')};`
}

export function splitTags(stored: string): string[] {
  return stored === '' ? [] : stored.slice(1, -1).split(';')
}
