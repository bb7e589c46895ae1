import { Button } from '@mantine/core'
import type { IssueBody } from '../../api.ts'
import { openInEditor } from '../editor.ts'
import { count } from '../format.ts'
import { countProblems } from '../problems.ts'
import { formatRoute, type IssueRoute } from '../route.ts'
import { StateBadge } from '../state-badge.tsx'
import type { ShownIssue, State } from '../store.ts'
import { InboxRow } from './inbox-row.tsx'
import { ReaderPicker } from './reader-picker.tsx'
import { SizeMeter } from './size-meter.tsx'
import { TestButton } from './test-button.tsx'

interface IssueHeadProps {
  readonly open: ShownIssue
  readonly route: IssueRoute
  readonly state: State
  /** It is the issue of before; that of the address is awaited. */
  readonly isOther: boolean
}

/** What the issue is, for whom, how it stands, and what to do with it. */
export function IssueHead({ open: { body, slug }, route, state: { issues }, isOther }: IssueHeadProps) {
  const { file, mail, draft, period } = body
  const title = isOther ? nameIssue(issues, route.slug) : body.title
  const summary = issues?.find((issue) => issue.slug === slug)
  return (
    <div className="head" data-other={isOther || undefined}>
      <div className="head-line">
        <h1 dir="auto">{title}</h1>
        <div className="head-buttons" inert={isOther}>
          <Button size="xs" variant="default" onClick={() => void openInEditor({ file })} title={`Open ${file} (E)`}>
            Open in editor
          </Button>
          <TestButton body={body} route={route} />
        </div>
      </div>
      {mail ? <InboxRow mail={mail} /> : null}
      <div className="facts" inert={isOther}>
        <StateBadge draft={draft} {...summary} />
        <Verdict body={body} route={route} />
        <ReaderPicker body={body} route={route} />
        <SizeMeter body={body} route={route} />
        <span className="fact-period">
          {summary?.number === undefined ? null : `#${summary.number} · `}
          <bdi>{period}</bdi>
        </span>
      </div>
    </div>
  )
}

/** What an issue is called before it is there. */
export function nameIssue(issues: State['issues'], wanted: string | undefined): string {
  return issues?.find(({ slug }) => slug === wanted)?.title ?? wanted ?? 'Issues'
}

/** One word on whether it could go out. */
function Verdict({ body, route }: { readonly body: IssueBody; readonly route: IssueRoute }) {
  const { errors, warnings } = countProblems(body)
  const look = errors > 0 ? 'error' : warnings > 0 ? 'warning' : 'good'
  const words =
    errors > 0
      ? `${count(errors, 'error')} to mend`
      : warnings > 0
        ? `${count(warnings, 'warning')} to look at`
        : 'All checks passed'
  return (
    <a className={`verdict ${look}`} href={formatRoute({ ...route, view: 'findings', at: undefined })}>
      {words}
    </a>
  )
}
