import type { IssueBody } from '../../api.ts'
import { Facts } from '../badges.tsx'
import { count } from '../format.ts'
import { countProblems } from '../problems.ts'
import { formatRoute, type IssueRoute } from '../route.ts'
import type { ShownIssue, State } from '../store.ts'
import { DraftBadge } from '../sidebar.tsx'
import { ReaderPicker } from './reader-picker.tsx'
import { SizeMeter } from './size-meter.tsx'
import { TestButton } from './test-button.tsx'

interface IssueHeadProps {
  readonly open: ShownIssue
  readonly route: IssueRoute
  readonly state: State
}

/** What the issue is, for whom, how it stands, and what to do with it. */
export function IssueHead({ open: { body }, route }: IssueHeadProps) {
  const { title, file, mail, draft, period } = body
  return (
    <div className="head">
      <div className="head-line">
        <h1 dir="auto">{mail?.subject ?? title}</h1>
        <TestButton body={body} route={route} />
      </div>
      {mail?.preheader ? (
        <p className="preheader" dir="auto">
          {mail.preheader}
        </p>
      ) : null}
      <div className="facts">
        {draft ? <DraftBadge /> : null}
        <Verdict body={body} route={route} />
        <ReaderPicker body={body} route={route} />
        <Facts period={period} sizeBytes={undefined} />
        <SizeMeter body={body} route={route} />
        <code>{file}</code>
      </div>
    </div>
  )
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
    <a className={`verdict ${look}`} href={formatRoute({ ...route, view: 'findings' })}>
      {words}
    </a>
  )
}
