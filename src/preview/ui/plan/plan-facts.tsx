import type { ReactNode } from 'react'
import type { PlanBody } from '../../api.ts'
import { countOf, formatDuration, formatNumber } from '../figures.ts'
import { formatTime } from '../format.ts'
import { formatOctets } from '../format-octets.ts'

/** What a send would do, line by line. */
export function PlanFacts({ plan }: { readonly plan: PlanBody }) {
  const { transport, place, sizeBytes, seconds, segment, hash } = plan
  return (
    <dl className="plan-facts">
      <Fact name="Readers">{segment === '' ? 'The whole list' : <code>{segment}</code>}</Fact>
      <Fact name="Way">
        {transport === 'inbox' ? (
          <b>Into the inbox here: a rehearsal, nobody receives it</b>
        ) : (
          <>
            SMTP through <code>{place}</code>
          </>
        )}
      </Fact>
      <Fact name="At least">{transport === 'inbox' ? 'A moment: the inbox has no limits' : tellTime(seconds)}</Fact>
      <Limits plan={plan} />
      <Fact name="One message">{sizeBytes === undefined ? 'Cannot be rendered' : formatOctets(sizeBytes)}</Fact>
      <Fact name="Tested">{tellTested(plan)}</Fact>
      <Missing plan={plan} />
      {hash === undefined ? null : (
        <Fact name="Content">
          <code title={hash}>{hash.slice(0, 12)}</code>
        </Fact>
      )}
    </dl>
  )
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function tellTested({ testedAt, isTestedInInboxOnly }: PlanBody): string {
  if (testedAt !== undefined) return `As it is now, ${formatTime(testedAt)}`
  return isTestedInInboxOnly ? 'Into the inbox here only, not through the server' : 'Not as it is now'
}

function tellTime(seconds: number | undefined): string {
  if (seconds === undefined) return 'As fast as the server takes it: no limit is set'
  return `${formatDuration(seconds)} under the limits`
}

const LIMIT_WORDS = { perMinute: 'this minute', perHour: 'this hour', perDay: 'in 24 hours' } as const

function Limits({ plan: { limitsUsed } }: { readonly plan: PlanBody }) {
  if (limitsUsed.length === 0) return null
  return (
    <Fact name="Limits">
      <ul className="limits">
        {limitsUsed.map(({ limit, most, used }) => (
          <li key={limit}>
            <meter min={0} max={most} value={used} aria-label={`Used of ${limit}`} />
            {`${formatNumber(used)} of ${formatNumber(most)} used ${LIMIT_WORDS[limit]}`}
          </li>
        ))}
      </ul>
    </Fact>
  )
}

function Missing({ plan: { missing, audience } }: { readonly plan: PlanBody }) {
  if (missing.length === 0) return null
  return (
    <Fact name="Missing">
      <ul>
        {missing.map(({ slot, readers }) => (
          <li key={slot}>
            <span className="lack">{`${countOf(readers, 'reader')} of ${formatNumber(audience)}`}</span>
            {readers === 1 ? ' has no ' : ' have no '}
            <code>{slot}</code>
            {'; the mail has nothing to put there instead'}
          </li>
        ))}
      </ul>
    </Fact>
  )
}
