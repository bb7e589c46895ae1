import { slugify } from '../base/index.ts'

/** Gives out anchors, each once in an issue. */
export interface Ids {
  /**
   * @param prefix - keeps an anchor from being the name of a member of `window` or `document`.
   * @param fallback - when the text has neither letters nor digits.
   */
  take(prefix: 's' | 'e', text: string, fallback: string): string
}

export function createIds(): Ids {
  const taken = new Map<string, number>()
  return {
    take(prefix, text, fallback) {
      const slug = slugify(text)
      const base = slug === '' ? fallback : `${prefix}-${slug}`
      let id = base
      // The count is kept, so that a thousand equal titles cost no more than a thousand steps.
      let count = taken.get(base) ?? 0
      while (taken.has(id)) id = `${base}-${++count}`
      taken.set(base, Math.max(count, 1))
      taken.set(id, Math.max(taken.get(id) ?? 1, 1))
      return id
    },
  }
}
