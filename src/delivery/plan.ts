import type { Reader } from '../subscriber/index.ts'
import { buildSlotValues, type ReaderLinks } from '../message/index.ts'
import type { Rendered } from './content.ts'

/** A slot without a fallback, and how many readers have no value for it. */
export interface MissingValues {
  readonly slot: string
  readonly readers: number
  /** Theirs, in the order of the list. */
  readonly emails: readonly string[]
}

/**
 * For which slots readers have no value: they would read nothing where one stands.
 *
 * @param pages - the audience, a page at a time.
 * @param links - of any reader.
 */
export async function countMissing(
  rendered: Rendered,
  links: ReaderLinks,
  pages: AsyncIterable<readonly Reader[]>,
): Promise<MissingValues[]> {
  const missing = new Map(listBareSlots(rendered).map((slot) => [slot, [] as string[]]))
  if (missing.size === 0) return []
  for await (const page of pages) {
    for (const reader of page) {
      const values = buildSlotValues(reader, links, rendered)
      for (const [slot, emails] of missing) if (!values[slot]?.trim()) emails.push(reader.email)
    }
  }
  return [...missing].flatMap(([slot, emails]) => (emails.length === 0 ? [] : { slot, readers: emails.length, emails }))
}

function listBareSlots({ subject, preheader, html, text }: Rendered): string[] {
  const slots = new Set<string>()
  for (const segment of [...subject, ...preheader, ...html, ...text]) {
    if (typeof segment !== 'string' && !segment.fallback) slots.add(segment.slot)
  }
  return [...slots]
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** `90s`, `30m`, `2h` in milliseconds; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h)$/.exec(text)
  return match ? Math.round(Number(match[1]) * (UNIT_MS[match[2] ?? ''] ?? 0)) : undefined
}
