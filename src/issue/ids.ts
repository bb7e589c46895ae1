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
  const taken = new Set<string>()
  return {
    take(prefix, text, fallback) {
      const slug = slugify(text)
      const base = slug === '' ? fallback : `${prefix}-${slug}`
      let id = base
      for (let count = 2; taken.has(id); count++) id = `${base}-${count}`
      taken.add(id)
      return id
    },
  }
}
