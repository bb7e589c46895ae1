import type { ErrorBody, IssueBody } from '../api.ts'
import { fill, h } from './element.ts'
import type { MailFrame } from './mail-frame.ts'
import { renderSource } from './message-source.ts'
import { renderBroken, renderFailure, renderFindings } from './problems.ts'
import { ISSUE_TABS, type IssueTab, type Look, type Route } from './route.ts'
import { countChips, renderFacts } from './sidebar.ts'
import { renderLook, renderTabs } from './toolbar.ts'

type IssueRoute = Extract<Route, { view: 'issue' }>

const TAB_NAMES = { mail: 'Mail', text: 'Text', message: 'Message', findings: 'Findings' } as const

/** The parts of the main area; they stay, so that the mail in its frame is not loaded anew. */
export interface Stage {
  readonly head: HTMLElement
  readonly bar: HTMLElement
  readonly over: HTMLElement
  readonly content: HTMLElement
  readonly mail: MailFrame
}

export interface IssueState {
  readonly route: IssueRoute
  readonly issue: IssueBody | undefined
  readonly failure: ErrorBody | undefined
  readonly onLook: (look: Look) => void
}

export function renderIssue(stage: Stage, state: IssueState): void {
  const { route, issue, failure, onLook } = state
  fill(stage.head, issue ? renderHead(issue) : h('h1', { dir: 'auto' }, route.slug ?? 'Issues'))
  fill(
    stage.bar,
    issue ? [renderIssueTabs(route, issue), route.tab === 'mail' ? renderLook(route.look, onLook) : undefined] : [],
  )
  const isOpen = stage.over.querySelector('details')?.open ?? true
  const broken = issue && route.tab !== 'findings' ? renderBroken(issue, isOpen) : undefined
  fill(stage.over, issue && failure ? renderFailure(failure) : broken)
  renderContent(stage, state)
}

function renderContent({ content, mail }: Stage, { route, issue, failure }: IssueState): void {
  const built = issue?.mail
  const isMail = route.tab === 'mail' && built !== undefined
  mail.element.hidden = !isMail
  content.hidden = isMail
  mail.setLook(route.look)
  if (!built) mail.clear()
  if (issue && built && isMail) {
    mail.show(built.url, `issue ${issue.slug}`, `Mail: ${built.subject}`)
    return fill(content)
  }
  if (!issue) return fill(content, failure ? renderFailure(failure) : h('p', { class: 'loading' }, 'Building …'))
  fill(content, renderTab(route.tab, issue))
}

function renderTab(tab: IssueTab, issue: IssueBody): HTMLElement | undefined {
  if (tab === 'findings') return renderFindings(issue)
  if (!issue.mail) return undefined
  if (tab === 'text')
    return h('pre', { class: 'plain', tabindex: 0, dir: 'auto', 'aria-label': 'Text part' }, issue.mail.text)
  if (tab === 'message') return renderSource(issue.mail.raw, issue.mail.rawUrl)
  return undefined
}

function renderHead({ title, file, mail, draft, period }: IssueBody): HTMLElement[] {
  const from = mail ? h('span', { dir: 'auto' }, `${mail.from} to ${mail.to}`) : undefined
  return [
    h('h1', { dir: 'auto' }, mail?.subject ?? title),
    h('p', { class: 'preheader', dir: 'auto' }, mail?.preheader),
    h(
      'p',
      { class: 'facts' },
      draft ? h('span', { class: 'chip draft' }, 'Draft') : undefined,
      from,
      renderFacts(period, mail?.sizeBytes),
      h('code', {}, file),
    ),
  ]
}

function renderIssueTabs(route: IssueRoute, issue: IssueBody): HTMLElement {
  const all = [...issue.diagnostics, ...issue.findings.filter(({ allowed }) => allowed === undefined)]
  const errors = all.filter(({ severity }) => severity === 'error').length
  const chips = countChips(errors, all.length - errors)
  const tabs = ISSUE_TABS.map((tab) => ({
    route: { ...route, tab },
    name: TAB_NAMES[tab],
    isOpen: route.tab === tab,
    ...(tab === 'findings' && chips ? { extra: chips } : {}),
  }))
  return renderTabs('Views of the issue', tabs)
}
