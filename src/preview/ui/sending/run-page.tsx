import { lazy, Suspense, useEffect, useState } from 'react'
import type { RunBody } from '../../api.ts'
import { CopyLine } from '../copy-line.tsx'
import { Failure } from '../failure.tsx'
import { FIRST_VIEW, formatRoute, type RunsRoute } from '../route.ts'
import { Levers } from './levers.tsx'
import { Progress } from './progress.tsx'
import { Replies } from './replies.tsx'
import { RunBadge } from './run-badge.tsx'
import { Story } from './story.tsx'
import { useRun } from './use-runs.ts'
import { tellState } from './words.ts'

/** Charts are large, and only this page has one. */
const RunChart = lazy(async () => ({ default: (await import('./run-chart.tsx')).RunChart }))
/** A process that goes on with a send is there after this long, or will not be. */
const START_MS = 8_000

/** One send, as it goes. */
export function RunPage({ route, id }: { readonly route: RunsRoute; readonly id: string }) {
  const { data, failure, reload } = useRun(id)
  const [isStarting, setStarting] = useStarting(data?.state)
  const run = data?.issue === id ? data : undefined
  return (
    <>
      <div className="head">
        <p className="back">
          <a href={formatRoute({ page: 'runs', look: route.look })}>← Sends</a>
        </p>
        <div className="head-line">
          <h1 dir="auto">{run?.subject ?? id}</h1>
          {run ? (
            <Levers
              run={run}
              onPulled={(lever) => {
                setStarting(lever === 'resume')
                reload()
              }}
            />
          ) : null}
        </div>
        {run ? <Facts run={run} route={route} isStarting={isStarting} /> : null}
      </div>
      <div className="bar" />
      <div className="stage" data-scrolls>
        <div className="content">
          {run ? <Run run={run} isStarting={isStarting} /> : null}
          {!run && failure ? <Failure {...failure} /> : null}
          {run || failure ? null : <p className="loading">Opening …</p>}
        </div>
      </div>
    </>
  )
}

/** Whether somebody was asked to go on with the send and is not there yet. */
function useStarting(state: RunBody['state'] | undefined): [boolean, (isStarting: boolean) => void] {
  const [isStarting, setStarting] = useState(false)
  useEffect(() => {
    const timer = isStarting ? setTimeout(() => setStarting(false), START_MS) : undefined
    return () => clearTimeout(timer)
  }, [isStarting])
  if (isStarting && state !== undefined && state !== 'incomplete' && state !== 'paused') setStarting(false)
  return [isStarting, setStarting]
}

interface RunProps {
  readonly run: RunBody
  readonly isStarting: boolean
}

function Facts({ run, route, isStarting }: RunProps & { readonly route: RunsRoute }) {
  return (
    <div className="facts" role="status">
      <RunBadge run={run} />
      {run.transport === 'inbox' ? <span>A rehearsal: it goes into the inbox here, nobody receives it</span> : null}
      {isStarting ? <span>Starting …</span> : null}
      {run.state === 'paused' && run.runner ? <span>What is on the wire is coming to an end …</span> : null}
      <span className="fact-period">
        <a href={formatRoute({ page: 'issue', slug: run.slug, view: FIRST_VIEW, look: route.look })}>Show the issue</a>
      </span>
    </div>
  )
}

function Run({ run, isStarting }: RunProps) {
  return (
    <div className="run">
      <Advice run={run} isStarting={isStarting} />
      <Progress run={run} />
      {run.history.length > 1 ? (
        <Suspense fallback={<div className="sheet run-chart" aria-hidden="true" />}>
          <RunChart run={run} />
        </Suspense>
      ) : null}
      <Replies replies={run.replies} />
      <Story run={run} />
    </div>
  )
}

/** What to know, and what to type where the page has no lever for it. */
function Advice({ run, isStarting }: RunProps) {
  const { state, slug, counts } = run
  const words = isStarting ? '' : tellState(run)
  const command =
    state === 'incomplete' && !isStarting
      ? `npx letterpress send ${slug}`
      : state === 'finished' && counts.failed + counts.unknown > 0
        ? `npx letterpress retry ${slug}${counts.unknown > 0 ? ' --unknown resend' : ''}`
        : undefined
  if (words === '' && command === undefined) return null
  return (
    <div className="advice" data-state={state}>
      {words === '' ? null : <p>{words}</p>}
      {command === undefined ? null : (
        <>
          <p>{state === 'finished' ? 'To try again, once the reason is mended:' : 'To go on, in a terminal:'}</p>
          <CopyLine text={command} />
        </>
      )}
    </div>
  )
}
