import type { ReactNode } from 'react'
import type { IssueBody, LiveIssue } from '../api.ts'
import { CountBadges, Facts } from './badges.tsx'
import { Broken } from './broken.tsx'
import { Failure } from './failure.tsx'
import { Findings } from './findings.tsx'
import { count } from './format.ts'
import { LookControls } from './look-controls.tsx'
import { MailStage } from './mail-stage.tsx'
import { MessageSource } from './message-source.tsx'
import { formatRoute, ISSUE_TABS, type IssueTab, type Route } from './route.ts'
import { DraftBadge } from './sidebar.tsx'
import type { State } from './store.ts'
import { Tabs } from './tabs.tsx'
import { TestButton } from './test-button.tsx'

type IssueRoute = Extract<Route, { view: 'issue' }>

const TAB_NAMES = { mail: 'Mail', text: 'Text', message: 'Message', findings: 'Findings' } as const

interface IssueViewProps {
  readonly state: State
  readonly route: IssueRoute
  readonly onKey: (event: KeyboardEvent) => void
}

/** One issue as readers get it, and what the checks say of it. */
export function IssueView({ state, route, onKey }: IssueViewProps) {
  const { openFailure, listFailure } = state
  const failure = openFailure ?? listFailure
  // What was open stays until the next is there, which takes some 20 ms.
  const isAwaited = state.issue !== undefined && state.issue.slug !== route.slug
  const open = isAwaited && failure ? undefined : state.issue
  if (!open) return <Absent state={state} route={route} />
  const { body } = open
  return (
    <>
      <Head body={body} route={route} />
      <div className="bar">
        <IssueTabs body={body} route={route} />
        {route.tab === 'mail' && body.mail ? <LookControls route={route} /> : null}
      </div>
      <div className="stage" data-scrolls aria-busy={isAwaited}>
        {failure ? (
          <div className="over">
            <Failure {...failure} />
          </div>
        ) : route.tab === 'findings' ? null : (
          <Broken body={body} />
        )}
        <Content open={open} route={route} onKey={onKey} />
      </div>
    </>
  )
}

/** Stands where an issue would: it is on its way, it cannot be shown, there is none. */
function Absent({ state, route }: Omit<IssueViewProps, 'onKey'>) {
  const { issues, openFailure, listFailure } = state
  const failure = openFailure ?? listFailure
  const title = issues?.find(({ slug }) => slug === route.slug)?.title ?? route.slug ?? 'Issues'
  return (
    <>
      <div className="head">
        <h1 dir="auto">{title}</h1>
      </div>
      <div className="bar" />
      <div className="stage">{failure ? <Failure {...failure} /> : <Nothing isEmpty={issues?.length === 0} />}</div>
    </>
  )
}

function Content({ open, route, onKey }: Omit<IssueViewProps, 'state'> & { readonly open: LiveIssue }) {
  const { body, html } = open
  const { mail, slug } = body
  const isMail = route.tab === 'mail'
  return (
    <>
      {mail ? (
        <MailStage
          mail={{ url: mail.url, html, subject: `issue ${slug}`, title: `Mail: ${mail.subject}` }}
          look={route.look}
          isHidden={!isMail}
          onKey={onKey}
        />
      ) : null}
      {isMail ? null : <div className="content">{renderTab(route.tab, body)}</div>}
    </>
  )
}

function renderTab(tab: IssueTab, body: IssueBody): ReactNode {
  if (tab === 'findings') return <Findings body={body} />
  if (!body.mail) return null
  if (tab === 'message') return <MessageSource url={body.mail.rawUrl} />
  return (
    <pre className="plain" tabIndex={0} dir="auto" aria-label="Text part">
      {body.mail.text}
    </pre>
  )
}

function Head({ body, route }: { readonly body: IssueBody; readonly route: IssueRoute }) {
  const { title, file, mail, draft, period, slug } = body
  return (
    <div className="head">
      <div className="head-line">
        <h1 dir="auto">{mail?.subject ?? title}</h1>
        <TestButton key={slug} slug={slug} />
      </div>
      {mail?.preheader ? (
        <p className="preheader" dir="auto">
          {mail.preheader}
        </p>
      ) : null}
      <div className="facts">
        {draft ? <DraftBadge /> : null}
        <Verdict body={body} route={route} />
        {mail ? (
          <span dir="auto" title={`${mail.from} to ${mail.to}`}>
            {`${nameOf(mail.from)} to ${nameOf(mail.to)}`}
          </span>
        ) : null}
        <Facts period={period} sizeBytes={mail?.sizeBytes} />
        <code>{file}</code>
      </div>
    </div>
  )
}

/** The name of a mailbox, or its address. */
function nameOf(mailbox: string): string {
  return /^(.+?)\s*<[^<>]*>$/.exec(mailbox)?.[1] ?? mailbox
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
    <a className={`verdict ${look}`} href={formatRoute({ ...route, tab: 'findings' })}>
      {words}
    </a>
  )
}

function IssueTabs({ body, route }: { readonly body: IssueBody; readonly route: IssueRoute }) {
  const tabs = ISSUE_TABS.map((tab) => ({
    route: { ...route, tab },
    name: TAB_NAMES[tab],
    isOpen: route.tab === tab,
    ...(tab === 'findings' ? { extra: <CountBadges {...countProblems(body)} /> } : {}),
  }))
  return <Tabs label="Views of the issue" tabs={tabs} />
}

function countProblems({ diagnostics, findings }: IssueBody): { errors: number; warnings: number } {
  const all = [...diagnostics, ...findings.filter(({ allowed }) => allowed === undefined)]
  const errors = all.filter(({ severity }) => severity === 'error').length
  return { errors, warnings: all.length - errors }
}

function Nothing({ isEmpty }: { readonly isEmpty: boolean }) {
  if (!isEmpty) return <p className="loading">Building …</p>
  return (
    <div className="notice">
      <h2>No issue yet</h2>
      <p>
        <code>npx letterpress new</code> starts the issue of this week. It appears here by itself.
      </p>
    </div>
  )
}
