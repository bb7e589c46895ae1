import { Button } from '@mantine/core'
import { useState } from 'react'
import type { ErrorBody, IssueBody } from '../api.ts'
import { CountBadges } from './badges.tsx'
import { Broken } from './broken.tsx'
import { Failure } from './failure.tsx'
import { FindingsDock } from './findings/findings-dock.tsx'
import { IssueHead, nameIssue } from './header/issue-head.tsx'
import { LoadedView } from './loaded-view.tsx'
import { countProblems } from './problems.ts'
import type { IssueRoute } from './route.ts'
import type { ShownIssue, State } from './store.ts'
import { Tabs } from './tabs.tsx'
import { ISSUE_VIEWS } from './views/index.ts'
import type { IssueView } from './views/types.ts'

interface IssuePageProps {
  readonly state: State
  readonly route: IssueRoute
  readonly onKey: (event: KeyboardEvent) => void
  /** Asks for a new issue. */
  readonly onNew: () => void
}

/** One issue as readers get it, and what the checks say of it. */
export function IssuePage({ state, route, onKey, onNew }: IssuePageProps) {
  const { openFailure, listFailure, issue } = state
  const failure = openFailure ?? listFailure
  // What was open keeps its frame until the next is there, which takes some 20 ms; another issue is out of sight and out
  // of reach meanwhile, since nothing of it may be taken for what the address names.
  const isOther = issue !== undefined && route.slug !== undefined && issue.slug !== route.slug
  const isAwaited = isOther || (issue !== undefined && issue.reader !== route.look.reader)
  const open = isAwaited && failure ? undefined : issue
  if (!open) return <Absent state={state} route={route} onNew={onNew} />
  return <OpenIssue {...{ state, route, onKey, open, failure, isOther, isAwaited }} />
}

interface OpenIssueProps extends Omit<IssuePageProps, 'onNew'> {
  readonly open: ShownIssue
  readonly failure: ErrorBody | undefined
  /** It is the issue of before; that of the address is awaited. */
  readonly isOther: boolean
  /** It is awaited, or as another reader gets it. */
  readonly isAwaited: boolean
}

function OpenIssue({ state, route, onKey, open, failure, isOther, isAwaited }: OpenIssueProps) {
  const view = findView(route.view)
  return (
    <>
      <IssueHead open={open} route={route} state={state} isOther={isOther} />
      <div className="bar">
        <ViewTabs body={isOther ? undefined : open.body} route={route} current={view.id} />
      </div>
      {isOther ? <p className="loading">Building …</p> : null}
      <div className="desk" data-other={isOther || undefined} inert={isOther}>
        <div className="stage" data-scrolls aria-busy={isAwaited}>
          {failure ? (
            <div className="over">
              <Failure {...failure} />
            </div>
          ) : view.id === 'findings' ? null : (
            <Broken body={open.body} />
          )}
          <Views open={open} route={route} state={state} current={view} onKey={onKey} />
        </div>
        {view.id === ISSUE_VIEWS[0].id ? <FindingsDock open={open} route={route} /> : null}
      </div>
    </>
  )
}

function findView(id: string): IssueView {
  return ISSUE_VIEWS.find((view) => view.id === id) ?? ISSUE_VIEWS[0]
}

interface ViewsProps extends Omit<IssuePageProps, 'onNew'> {
  readonly open: ShownIssue
  readonly current: IssueView
}

/** The view that is chosen, and those that stay behind it. */
function Views({ current, ...rest }: ViewsProps) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  if (current.stays && !opened.has(current.id)) setOpened(new Set([...opened, current.id]))
  const shown = ISSUE_VIEWS.filter((view: IssueView) => view === current || (view.stays && opened.has(view.id)))
  return shown.map(({ id, load }) => (
    <LoadedView key={id} load={load} props={{ ...rest, isHidden: id !== current.id }} />
  ))
}

/** Stands where an issue would: it is on its way, it cannot be shown, there is none. */
function Absent({ state, route, onNew }: Omit<IssuePageProps, 'onKey'>) {
  const { issues, openFailure, listFailure } = state
  const failure = openFailure ?? listFailure
  const title = nameIssue(issues, route.slug)
  return (
    <>
      <div className="head">
        <h1 dir="auto">{title}</h1>
      </div>
      <div className="bar" />
      <div className="stage">
        {failure ? <Failure {...failure} /> : <Nothing isEmpty={issues?.length === 0} onNew={onNew} />}
      </div>
    </>
  )
}

interface ViewTabsProps {
  /** Missing: not there yet. */
  readonly body: IssueBody | undefined
  readonly route: IssueRoute
  readonly current: string
}

function ViewTabs({ body, route, current }: ViewTabsProps) {
  const tabs = ISSUE_VIEWS.map(({ id, label }) => ({
    route: { ...route, view: id, at: undefined },
    name: label,
    isOpen: id === current,
    ...(id === 'findings' && body ? { extra: <CountBadges {...countProblems(body)} /> } : {}),
  }))
  return <Tabs label="Views of the issue" tabs={tabs} />
}

function Nothing({ isEmpty, onNew }: { readonly isEmpty: boolean; readonly onNew: () => void }) {
  if (!isEmpty) return <p className="loading">Building …</p>
  return (
    <div className="notice">
      <h2>No issue yet</h2>
      <p>An issue is one Markdown file. Start the first one here; you write it in your own editor, and see it here.</p>
      <p>
        <Button size="sm" onClick={onNew}>
          New issue
        </Button>
      </p>
      <p className="small">
        In a terminal, <code>npx letterpress new</code> does the same.
      </p>
    </div>
  )
}
