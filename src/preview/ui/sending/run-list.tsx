import { CopyLine } from '../copy-line.tsx'
import { Failure } from '../failure.tsx'
import { count } from '../format.ts'
import type { RunsRoute } from '../route.ts'
import { RunRow } from './run-row.tsx'
import { useRuns } from './use-runs.ts'

/** All sends, newest first. */
export function RunList({ route }: { readonly route: RunsRoute }) {
  const { data, failure } = useRuns()
  const runs = data?.runs
  const moving = runs?.filter(({ state }) => state === 'sending').length ?? 0
  return (
    <>
      <div className="head">
        <h1>Sends</h1>
        <p className="preheader">
          {moving > 0
            ? `${count(moving, 'send')} under way.`
            : 'Every issue that was approved, and who has it; also sends that a terminal has begun.'}
        </p>
      </div>
      <div className="bar" />
      <div className="stage" data-scrolls>
        <div className="content">
          {failure && !runs ? <Failure {...failure} /> : null}
          {runs || failure ? null : <p className="loading">Opening …</p>}
          {runs?.length === 0 ? <Nothing /> : null}
          {runs && runs.length > 0 ? (
            <ul className="runs">
              {runs.map((run) => (
                <RunRow key={run.issue} run={run} look={route.look} />
              ))}
            </ul>
          ) : null}
        </div>
      </div>
    </>
  )
}

function Nothing() {
  return (
    <div className="notice">
      <h2>Nothing was sent yet</h2>
      <p>Look at the plan of an issue and send it in a terminal; it shows here as it goes:</p>
      <CopyLine text="npx letterpress send ISSUE" />
      <p className="small">Without SMTP settings that is a rehearsal: everything goes into the inbox here.</p>
    </div>
  )
}
