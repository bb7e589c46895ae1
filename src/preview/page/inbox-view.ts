import type { ErrorBody, MessageBody, StudioBody } from '../api.ts'
import type { InboxSummary } from '../services.ts'
import { fill, h } from './element.ts'
import { formatSize, formatTime } from './format.ts'
import type { Stage } from './issue-view.ts'
import { renderFields, renderSource } from './message-source.ts'
import { renderFailure } from './problems.ts'
import { formatRoute, INBOX_TABS, type InboxTab, type Look, type Route } from './route.ts'
import { renderLook, renderTabs } from './toolbar.ts'

type InboxRoute = Extract<Route, { view: 'inbox' }>

const TAB_NAMES = { html: 'HTML', text: 'Text', headers: 'Headers', raw: 'Raw' } as const

export interface InboxState {
  readonly route: InboxRoute
  readonly studio: StudioBody | undefined
  readonly messages: readonly InboxSummary[]
  readonly message: MessageBody | undefined
  readonly failure: ErrorBody | undefined
  readonly onLook: (look: Look) => void
}

export function renderInbox(stage: Stage, state: InboxState): void {
  const { route, message, onLook } = state
  const open = route.id === undefined ? undefined : message
  fill(stage.head, open ? renderMessageHead(open, route) : renderInboxHead(state))
  fill(
    stage.bar,
    open ? [renderMessageTabs(route), route.tab === 'html' ? renderLook(route.look, onLook) : undefined] : [],
  )
  fill(stage.over)
  const isMail = open?.url !== undefined && route.tab === 'html'
  stage.mail.element.hidden = !isMail
  stage.content.hidden = isMail
  stage.mail.setLook(route.look)
  if (isMail && open.url) stage.mail.show(open.url, `message ${open.id}`, `Message: ${open.subject}`)
  else stage.mail.clear()
  if (isMail) fill(stage.content)
  else fill(stage.content, renderContent(state, open))
}

function renderContent({ route, messages, failure }: InboxState, open: MessageBody | undefined): HTMLElement {
  if (failure) return renderFailure(failure)
  if (open) return renderTab(route.tab, open)
  if (route.id !== undefined) return h('p', { class: 'loading' }, 'Opening …')
  if (messages.length > 0)
    return h(
      'ul',
      { class: 'messages' },
      messages.map((message) => renderRow(message, route)),
    )
  return h(
    'div',
    { class: 'notice' },
    h('h2', {}, 'Nothing here yet'),
    h('p', {}, 'Send a test and it lands here: ', h('code', {}, 'letterpress test ISSUE --to you@example.com')),
    h('p', {}, 'Without SMTP settings nobody else receives it.'),
  )
}

function renderRow(message: InboxSummary, route: InboxRoute): HTMLElement {
  return h(
    'li',
    {},
    h(
      'a',
      { href: formatRoute({ ...route, id: message.id, tab: 'html' }), 'data-key': `message-${message.id}` },
      h('span', { class: 'message-subject', dir: 'auto' }, message.subject || '(no subject)'),
      h('span', { class: 'message-to', dir: 'auto' }, `to ${message.to}`),
      h('span', { class: 'message-facts' }, `${formatTime(message.date)} · ${formatSize(message.sizeBytes)}`),
    ),
  )
}

function renderTab(tab: InboxTab, message: MessageBody): HTMLElement {
  switch (tab) {
    case 'html':
      return h('div', { class: 'notice' }, h('h2', {}, 'No HTML'), h('p', {}, 'This message has a text part only.'))
    case 'text':
      return message.text === undefined
        ? h('div', { class: 'notice' }, h('h2', {}, 'No text'), h('p', {}, 'This message has no text part.'))
        : h('pre', { class: 'plain', tabindex: 0, dir: 'auto', 'aria-label': 'Text part' }, message.text)
    case 'headers':
      return h('div', { class: 'source' }, renderFields(message.headers))
    case 'raw':
      return renderSource(message.raw, message.rawUrl)
  }
}

function renderInboxHead({ studio }: InboxState): HTMLElement[] {
  const address = studio?.inboxAddress
  const how = address
    ? ['Any program can mail to it over SMTP at ', h('code', {}, address), '. Nothing leaves this machine.']
    : ['Tests that were mailed on this machine.']
  return [h('h1', {}, 'Inbox'), h('p', { class: 'preheader' }, how)]
}

function renderMessageHead(message: MessageBody, route: InboxRoute): HTMLElement[] {
  const { tab, look } = route
  return [
    h(
      'p',
      { class: 'back' },
      h('a', { href: formatRoute({ view: 'inbox', tab, look }), 'data-key': 'back' }, '← Inbox'),
    ),
    h('h1', { dir: 'auto' }, message.subject || '(no subject)'),
    h(
      'p',
      { class: 'facts' },
      h('span', { dir: 'auto' }, `${message.from} to ${message.to}`),
      h('span', {}, `${formatTime(message.date)} · ${formatSize(message.sizeBytes)}`),
    ),
  ]
}

function renderMessageTabs(route: InboxRoute): HTMLElement {
  const tabs = INBOX_TABS.map((tab) => ({ route: { ...route, tab }, name: TAB_NAMES[tab], isOpen: route.tab === tab }))
  return renderTabs('Views of the message', tabs)
}
