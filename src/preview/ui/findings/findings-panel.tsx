import type { IssueBody } from '../../api.ts'
import type { Seen } from '../axe/use-seen.ts'
import { count } from '../format.ts'
import { ProblemCard } from '../problems/problem-card.tsx'
import { groupProblems, type ProblemGroup } from '../problems/problem.ts'
import { formatRoute, type IssueRoute } from '../route.ts'

const EXPLANATIONS = {
  error: 'They keep the issue from being sent.',
  warning: 'Readers would be better off without them.',
  seen: 'Contrast and links as this browser shows the mail; “letterpress check” cannot see them.',
  accepted: 'The issue gives a reason for each.',
} as const

interface FindingsPanelProps {
  readonly body: IssueBody
  readonly seen: Seen
  readonly route: IssueRoute
  readonly isCompact?: boolean
}

/** Everything that is wrong or could be better, worst first. */
export function FindingsPanel({ body, seen, route, isCompact = false }: FindingsPanelProps) {
  const groups = groupProblems(body, seen.problems)
  const isClear = groups.every(({ look }) => look === 'accepted') && seen.state !== 'looking'
  const hasMail = body.mail !== undefined
  return (
    <div className={isCompact ? 'findings compact' : 'findings'}>
      {isClear ? <AllClear route={route} isSeen={seen.state === 'done'} /> : null}
      {groups.map((group) => (
        <Group key={group.look} group={group} isCompact={isCompact} hasMail={hasMail} />
      ))}
      {hasMail ? <Sight seen={seen} /> : null}
    </div>
  )
}

interface GroupProps {
  readonly group: ProblemGroup
  readonly isCompact: boolean
  readonly hasMail: boolean
}

function Group({ group: { look, problems }, isCompact, hasMail }: GroupProps) {
  return (
    <section data-look={look}>
      <h2>
        {nameGroup(look, problems.length)}
        <span>{EXPLANATIONS[look]}</span>
      </h2>
      <ol className="cards">
        {problems.map((problem, index) => (
          <ProblemCard key={index} problem={problem} isCompact={isCompact} hasMail={hasMail} />
        ))}
      </ol>
    </section>
  )
}

function nameGroup(look: ProblemGroup['look'], total: number): string {
  if (look === 'accepted') return `${total} accepted`
  return look === 'seen' ? `${total} seen in the page` : count(total, look)
}

/** How far the look at the rendered mail is; a screen reader hears it when it is done. */
function Sight({ seen: { state, problems, hasDark } }: { readonly seen: Seen }) {
  return (
    <p className="small sight" role="status" data-state={state}>
      {state === 'looking'
        ? 'Looking at contrast and links in the rendered mail …'
        : state === 'failed'
          ? 'This mail cannot be looked at in the page: contrast and links are not checked.'
          : `${problems.length === 0 ? 'Contrast and links are fine' : 'Contrast and links were looked at'}, 320 and 640 pixels wide, ${hasDark ? 'light and dark.' : 'light only: this browser shows no dark mail inside a page.'}`}
    </p>
  )
}

function AllClear({ route, isSeen }: { readonly route: IssueRoute; readonly isSeen: boolean }) {
  return (
    <div className="notice">
      <h2>Nothing to improve</h2>
      <p>
        {isSeen
          ? 'Every check passed, on the message as it would go out and on the mail as it is seen here.'
          : 'Every check passed on the message as it would go out.'}
      </p>
      <p>
        <a href={formatRoute({ ...route, view: 'test', at: undefined })}>Send yourself a test</a>
      </p>
    </div>
  )
}
