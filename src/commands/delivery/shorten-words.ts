import { shorten } from '../../base/index.ts'
import type { Attempt } from '../../transport/index.ts'

/** Of a server's words so many characters are shown; the ledger keeps more, and programs get them. */
export const MAX_SHOWN = 500

/** A server's words as people are told them. */
export function shortenWords({ text }: Pick<Attempt, 'text'>): string {
  return shorten(text, MAX_SHOWN)
}
