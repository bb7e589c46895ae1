import type { RunSummary } from '../../api.ts'
import { formatNumber } from '../figures.ts'
import { ShareBar } from '../share-bar.tsx'
import { KIND_NAMES, KINDS } from './words.ts'

/** How far a send is: one part for each state of its deliveries. */
export function RunBar({ run: { counts, total } }: { readonly run: RunSummary }) {
  const parts = KINDS.map((kind) => ({ kind, count: counts[kind] })).filter(({ count }) => count > 0)
  const words = parts.map(({ kind, count }) => `${formatNumber(count)} ${KIND_NAMES[kind].toLowerCase()}`)
  return <ShareBar label={`Of ${formatNumber(total)}: ${words.join(', ') || 'nobody'}`} parts={parts} />
}
