import type { ReactNode } from 'react'
import type { InboxSummary, MessageBody, StudioBody } from '../../api.ts'
import { CopyLine } from '../copy-line.tsx'
import { Failure } from '../failure.tsx'
import { formatSize, formatTime } from '../format.ts'
import { LookControls } from '../look-controls.tsx'
import { MailStage } from '../mail-stage.tsx'
import { Fields, MessageSource } from '../message-source.tsx'
import { formatRoute, INBOX_TABS, type InboxRoute, type InboxTab } from '../route.ts'
import { Tabs } from '../tabs.tsx'
import type { PageProps } from './types.ts'

const TAB_NAMES = { html: 'HTML', text: 'Text', headers: 'Headers', raw: 'Raw' } as const

/** What the embedded inbox has received: the list, or one message. */
export function InboxPage({ state, route, onKey }: PageProps<InboxRoute>) {
  const { studio, messages, openFailure } = state
  // What was open stays until the next is there.
  const isAwaited = state.message?.id !== route.id
  const open = route.id === undefined || (isAwaited && openFailure) ? undefined : state.message
  if (open) return <Message message={open} route={route} onKey={onKey} />
  return (
    <>
      <InboxHead studio={studio} />
      <div className="bar" />
      <div className="stage" data-scrolls>
        <div className="content">
          {openFailure ? <Failure {...openFailure} /> : null}
          {route.id !== undefined && !openFailure ? <p className="loading">Opening …</p> : null}
          {route.id === undefined ? <List messages={messages} route={route} /> : null}
        </div>
      </div>
    </>
  )
}

function InboxHead({ studio }: { readonly studio: StudioBody | undefined }) {
  return (
    <div className="head">
      <h1>Inbox</h1>
      <p className="preheader">
        {studio?.inboxAddress ? (
          <>
            Any program can mail to it over SMTP at <code>{studio.inboxAddress}</code>. Nothing leaves this machine.
          </>
        ) : (
          'Tests that were mailed on this machine.'
        )}
      </p>
    </div>
  )
}

function List({
  messages,
  route,
}: {
  readonly messages: readonly InboxSummary[] | undefined
  readonly route: InboxRoute
}) {
  if (!messages) return <p className="loading">Opening …</p>
  if (messages.length === 0) return <Empty />
  return (
    <ul className="messages">
      {messages.map((message) => (
        <li key={message.id}>
          <a href={formatRoute({ ...route, id: message.id, tab: 'html' })}>
            <span className="message-subject" dir="auto">
              {message.subject || '(no subject)'}
            </span>
            <span className="message-to" dir="auto">{`to ${message.to}`}</span>
            <span className="message-facts">{`${formatTime(message.date)} · ${formatSize(message.sizeBytes)}`}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

function Empty() {
  return (
    <div className="notice">
      <h2>Nothing here yet</h2>
      <p>Send a test and it lands here:</p>
      <CopyLine text="npx letterpress test ISSUE --to you@example.com" />
      <p className="small">Without SMTP settings nobody else receives it.</p>
    </div>
  )
}

interface MessageProps {
  readonly message: MessageBody
  readonly route: InboxRoute
  readonly onKey: (event: KeyboardEvent) => void
}

function Message({ message, route, onKey }: MessageProps) {
  const { tab, look } = route
  const tabs = INBOX_TABS.map((name) => ({
    route: { ...route, tab: name },
    name: TAB_NAMES[name],
    isOpen: tab === name,
  }))
  const isMail = tab === 'html' && message.url !== undefined
  return (
    <>
      <div className="head">
        <p className="back">
          <a href={formatRoute({ page: 'inbox', tab, look })}>← Inbox</a>
        </p>
        <h1 dir="auto">{message.subject || '(no subject)'}</h1>
        <div className="facts">
          <span dir="auto">{`${message.from} to ${message.to}`}</span>
          <span>{`${formatTime(message.date)} · ${formatSize(message.sizeBytes)}`}</span>
        </div>
      </div>
      <div className="bar">
        <Tabs label="Views of the message" tabs={tabs} />
      </div>
      <div className="stage" data-scrolls>
        {isMail ? <LookControls route={route} /> : null}
        {message.url === undefined ? null : (
          <MailStage
            mail={{ url: message.url, subject: `message ${message.id}`, title: `Message: ${message.subject}` }}
            look={look}
            isHidden={!isMail}
            onKey={onKey}
          />
        )}
        {isMail ? null : <div className="content">{renderTab(tab, message)}</div>}
      </div>
    </>
  )
}

function renderTab(tab: InboxTab, message: MessageBody): ReactNode {
  switch (tab) {
    case 'html':
      return <Missing title="No HTML" words="This message has a text part only." />
    case 'text':
      return message.text === undefined ? (
        <Missing title="No text" words="This message has no text part." />
      ) : (
        <pre className="plain" tabIndex={0} dir="auto" aria-label="Text part">
          {message.text}
        </pre>
      )
    case 'headers':
      return (
        <div className="source">
          <Fields fields={message.headers} />
        </div>
      )
    case 'raw':
      return <MessageSource url={message.rawUrl} />
  }
}

function Missing({ title, words }: { readonly title: string; readonly words: string }) {
  return (
    <div className="notice">
      <h2>{title}</h2>
      <p>{words}</p>
    </div>
  )
}
