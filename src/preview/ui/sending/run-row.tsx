import type { RunSummary } from '../../api.ts'
import { formatDuration, formatNumber } from '../figures.ts'
import { formatTime } from '../format.ts'
import { formatRoute, type Look } from '../route.ts'
import { RunBadge } from './run-badge.tsx'
import { RunBar } from './run-bar.tsx'
import { isUnderWay } from './words.ts'

interface RunRowProps {
  readonly run: RunSummary
  readonly look: Look
}

/** A send in a list. */
export function RunRow({ run, look }: RunRowProps) {
  const { issue, subject, counts, total, startedAt, approvedAt, startsAt } = run
  return (
    <li>
      <a className="run-row" href={formatRoute({ page: 'runs', id: issue, look })}>
        <span className="run-title" dir="auto">
          {subject || issue}
        </span>
        <RunBadge run={run} />
        <RunBar run={run} />
        <span className="run-facts">
          <span>
            <b>{formatNumber(counts.accepted)}</b>
            {` of ${formatNumber(total)} accepted`}
            {counts.failed > 0 ? `, ${formatNumber(counts.failed)} refused` : ''}
            {counts.unknown > 0 ? `, ${formatNumber(counts.unknown)} in doubt` : ''}
          </span>
          <span>{tellPace(run)}</span>
        </span>
        <span className="run-when">{formatTime(startsAt ?? startedAt ?? approvedAt)}</span>
      </a>
    </li>
  )
}

function tellPace(run: RunSummary): string {
  const { counts, messagesPerSecond, secondsLeft } = run
  if (!isUnderWay(run)) return counts.deferred > 0 ? `${formatNumber(counts.deferred)} deferred` : ''
  const rate = messagesPerSecond === undefined ? '' : `${formatNumber(messagesPerSecond)} per second`
  const left = secondsLeft === undefined ? '' : `${formatDuration(secondsLeft)} left`
  return [rate, left].filter((words) => words !== '').join(' · ')
}
