import type { PlanBody, RunSummary } from '../../api.ts'
import { CopyLine } from '../copy-line.tsx'
import { Failure } from '../failure.tsx'
import { Audience } from '../plan/audience.tsx'
import { PlanFacts } from '../plan/plan-facts.tsx'
import { Refusals } from '../plan/refusals.tsx'
import { useResource } from '../resource.ts'
import type { IssueRoute } from '../route.ts'
import { RunRow } from '../sending/run-row.tsx'
import type { IssueViewProps } from './types.ts'

/** What a send would do, and what it would refuse; once it was approved, how it stands. */
export function PlanView({ open: { slug }, route }: IssueViewProps) {
  const path = `/api/issues/${encodeURIComponent(slug)}/plan`
  const { data, failure } = useResource<PlanBody>(path, ['issue', 'template', 'config', 'ledger'])
  if (failure && data?.slug !== slug)
    return (
      <div className="content">
        <Failure {...failure} />
      </div>
    )
  if (data?.slug !== slug) return <p className="loading">Counting …</p>
  return (
    <div className="content">
      <Plan plan={data} route={route} />
    </div>
  )
}

interface PlanProps {
  readonly plan: PlanBody
  readonly route: IssueRoute
}

function Plan({ plan, route }: PlanProps) {
  return (
    <div className="plan">
      <section className="sheet plan-verdict" data-look={lookOf(plan)}>
        <Verdict plan={plan} route={route} />
      </section>
      <section className="sheet">
        <Audience plan={plan} />
        <PlanFacts plan={plan} />
      </section>
    </div>
  )
}

/** What became of an approved issue, and what `letterpress send` would do with it. */
function RunVerdict({ run: { state } }: { readonly run: RunSummary }) {
  if (state === 'cancelled')
    return (
      <>
        <h2>It was cancelled</h2>
        <p>
          A cancelled issue cannot be sent again: whoever got it keeps it, and nobody else will get it. What is still to
          be said needs an issue of its own.
        </p>
      </>
    )
  return (
    <>
      <h2>{state === 'finished' ? 'It was sent' : 'It was approved'}</h2>
      <p>A send goes on with what was frozen then; what is changed in the file now reaches nobody.</p>
    </>
  )
}

function lookOf({ run, refusals }: PlanBody): 'run' | 'good' | 'warning' | 'error' {
  if (run) return 'run'
  if (refusals.length === 0) return 'good'
  return refusals.every(({ canForce }) => canForce) ? 'warning' : 'error'
}

function Verdict({ plan, route }: PlanProps) {
  const { run, refusals, transport, command } = plan
  if (run)
    return (
      <>
        <RunVerdict run={run} />
        <ul className="runs">
          <RunRow run={run} look={route.look} />
        </ul>
      </>
    )
  if (refusals.length > 0)
    return (
      <>
        <h2>It would not be sent</h2>
        <Refusals plan={plan} route={route} />
        <p className="small">
          <code>letterpress send</code> asks the same questions once these are answered.
        </p>
      </>
    )
  return (
    <>
      <h2>Ready to send</h2>
      <p>
        {transport === 'inbox'
          ? 'As a rehearsal: without an SMTP server it goes into the inbox here.'
          : 'In a terminal; it shows this plan once more and asks you to type the name of the issue.'}
      </p>
      <CopyLine text={command} />
      <p className="small">The page shows the send as it goes, and can pause or cancel it.</p>
    </>
  )
}
