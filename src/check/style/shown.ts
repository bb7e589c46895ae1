import type { HtmlPage, TextNode } from '../html.ts'
import type { Computed } from './computed.ts'
import type { Look } from './look.ts'
import type { Screen } from './media.ts'

/** A text that a reader sees, with its looks. */
export interface ShownText {
  readonly text: TextNode
  readonly style: Computed
}

/** Whether there is something to read; separators, arrows and emoji stand for themselves. */
export function hasLetters(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}

/** The texts with letters or digits that are to be seen on a screen. */
export function listShown({ texts }: HtmlPage, look: Look, screen: Screen): ShownText[] {
  return texts
    .filter(({ value }) => hasLetters(value))
    .map((text) => ({ text, style: look.styleOfText(text, screen) }))
    .filter(({ style }) => !style.hidden)
}

/** The first of each kind, with how many there are. */
export function tally<T>(items: readonly T[], kindOf: (item: T) => string): { readonly first: T; count: number }[] {
  const kinds = new Map<string, { readonly first: T; count: number }>()
  for (const item of items) {
    const kind = kindOf(item)
    const known = kinds.get(kind)
    if (known) known.count++
    else kinds.set(kind, { first: item, count: 1 })
  }
  return [...kinds.values()]
}

/** ` So it is in 3 more places.`, or nothing. */
export function tellMore(count: number): string {
  if (count < 2) return ''
  return count === 2 ? ' So it is in one more place.' : ` So it is in ${count - 1} more places.`
}
