import type { RunSummary } from '../../api.ts'
import { formatDuration, formatNumber } from '../figures.ts'
import { RunBar } from './run-bar.tsx'
import { isUnderWay, KIND_MEANINGS, KIND_NAMES, KINDS } from './words.ts'

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })

/** How far a send is, how fast it goes and when it will be over. */
export function Progress({ run }: { readonly run: RunSummary }) {
  const { counts, total } = run
  return (
    <section className="sheet progress" aria-label="Progress">
      <div className="progress-head">
        <p className="progress-count">
          <strong>{formatNumber(counts.accepted)}</strong>
          <span>{`of ${formatNumber(total)} accepted`}</span>
        </p>
        <Pace run={run} />
      </div>
      <RunBar run={run} />
      <ul className="kinds">
        {KINDS.filter((kind) => counts[kind] > 0).map((kind) => (
          <li key={kind} data-kind={kind} title={KIND_MEANINGS[kind]}>
            <b>{formatNumber(counts[kind])}</b> {KIND_NAMES[kind]}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Pace({ run }: { readonly run: RunSummary }) {
  const { messagesPerSecond, secondsLeft, startedAt, finishedAt } = run
  const isMoving = isUnderWay(run)
  return (
    <dl className="pace">
      {messagesPerSecond === undefined ? null : (
        <Figure name={isMoving ? 'Per second' : 'Per second, on average'}>{formatNumber(messagesPerSecond)}</Figure>
      )}
      {isMoving && secondsLeft !== undefined ? (
        <>
          <Figure name="Left">{formatDuration(secondsLeft)}</Figure>
          <Figure name="Over at">{clock.format(Date.now() + secondsLeft * 1000)}</Figure>
        </>
      ) : null}
      {finishedAt !== undefined && startedAt !== undefined ? (
        <Figure name="Took">{formatDuration((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)}</Figure>
      ) : null}
    </dl>
  )
}

function Figure({ name, children }: { readonly name: string; readonly children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
