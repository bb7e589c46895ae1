import type { PlanBody } from '../../api.ts'
import { countOf, formatNumber } from '../figures.ts'
import { ShareBar } from '../share-bar.tsx'

const WORDS = {
  pending: 'not confirmed',
  unsubscribed: 'unsubscribed',
  bounced: 'bounced',
  complained: 'complained',
  suppressed: 'suppressed',
} as const

const KINDS = ['pending', 'unsubscribed', 'bounced', 'complained', 'suppressed'] as const

/** Who would get it, and who would not. */
export function Audience({ plan: { audience, leftOut, segment } }: { readonly plan: PlanBody }) {
  const left = KINDS.map((kind) => ({ kind, count: leftOut[kind] })).filter(({ count }) => count > 0)
  const out = left.reduce((sum, { count }) => sum + count, 0)
  return (
    <section className="audience" aria-label="Readers">
      <p className="audience-count">
        <strong>{formatNumber(audience)}</strong>
        <span>{`${audience === 1 ? 'reader gets' : 'readers get'} it${segment === '' ? '' : `, of ${segment}`}`}</span>
      </p>
      {audience + out === 0 ? null : (
        <ShareBar
          label={`${countOf(audience, 'reader')} of ${formatNumber(audience + out)} get it`}
          parts={[
            { kind: 'accepted', count: audience },
            { kind: 'pending', count: out },
          ]}
        />
      )}
      {left.length === 0 ? null : (
        <ul className="left-out" aria-label="Left out">
          <li>Left out:</li>
          {left.map(({ kind, count }) => (
            <li key={kind}>
              <b>{formatNumber(count)}</b> {WORDS[kind]}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
