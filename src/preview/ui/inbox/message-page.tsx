import { Button } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import type { InboxSummary, MessageBody } from '../../api.ts'
import { formatSize, formatTime } from '../format.ts'
import { LookControls } from '../look-controls.tsx'
import { MailStage } from '../mail-stage.tsx'
import { formatRoute, INBOX_TABS, type InboxRoute, type InboxTab } from '../route.ts'
import { Tabs } from '../tabs.tsx'
import { Field } from '../views/headers.tsx'
import { Raw } from '../views/raw.tsx'
import { TextPart } from '../views/text.tsx'
import { deleteMessage } from './delete-messages.ts'
import { markOpened } from './opened.ts'
import { Origin, OriginChips } from './origin.tsx'

const TAB_NAMES = { html: 'HTML', text: 'Text', headers: 'Headers', raw: 'Raw' } as const

interface MessagePageProps {
  readonly message: MessageBody
  /** Of the list, newest first. */
  readonly messages: readonly InboxSummary[] | undefined
  readonly route: InboxRoute
  readonly onKey: (event: KeyboardEvent) => void
}

/** One message of the inbox. */
export function MessagePage({ message, messages, route, onKey }: MessagePageProps) {
  const { tab, look } = route
  const { id, url, subject } = message
  useEffect(() => markOpened(id), [id])
  const tabs = INBOX_TABS.map((name) => ({
    route: { ...route, tab: name },
    name: TAB_NAMES[name],
    isOpen: tab === name,
  }))
  const isMail = tab === 'html' && url !== undefined
  return (
    <>
      <MessageHead message={message} messages={messages} route={route} />
      <div className="bar">
        <Tabs label="Views of the message" tabs={tabs} />
      </div>
      <div className="stage" data-scrolls>
        {isMail ? <LookControls route={route} /> : null}
        {url === undefined ? null : (
          <MailStage
            mail={{ url, subject: `message ${id}`, title: `Message: ${subject}` }}
            look={look}
            isHidden={!isMail}
            onKey={onKey}
          />
        )}
        {isMail ? null : renderTab(tab, message)}
      </div>
    </>
  )
}

function MessageHead({ message, messages = [], route }: Omit<MessagePageProps, 'onKey'>) {
  const { id, from, to, subject, date, sizeBytes, authentication, rawUrl } = message
  const at = messages.findIndex((one) => one.id === id)
  const link = (other: InboxSummary | undefined) => (other ? formatRoute({ ...route, id: other.id }) : undefined)
  return (
    <div className="head">
      <p className="back message-back">
        <a href={formatRoute({ page: 'inbox', tab: 'html', look: route.look })}>← Inbox</a>
        {at < 0 ? null : (
          <span className="message-steps">
            <Step href={link(messages[at - 1])} words="Newer" />
            <Step href={link(messages[at + 1])} words="Older" />
          </span>
        )}
      </p>
      <div className="head-line">
        <h1 dir="auto">{subject || '(no subject)'}</h1>
        <div className="head-buttons">
          <Button size="xs" variant="default" component="a" href={rawUrl} download>
            Download
          </Button>
          <Button size="xs" variant="default" className="grave" onClick={() => void deleteMessage(id)}>
            Delete
          </Button>
        </div>
      </div>
      <div className="facts">
        <span>
          <bdi>{from || 'nobody'}</bdi>
          {' to '}
          <bdi>{to || 'nobody'}</bdi>
        </span>
        <OriginChips authentication={authentication} route={route} />
        <span className="fact-period">{`${formatTime(date)} · ${formatSize(sizeBytes)}`}</span>
      </div>
    </div>
  )
}

function Step({ href, words }: { readonly href: string | undefined; readonly words: string }) {
  return href === undefined ? (
    <a role="link" aria-disabled="true">
      {words}
    </a>
  ) : (
    <a href={href}>{words}</a>
  )
}

function renderTab(tab: InboxTab, message: MessageBody): ReactNode {
  const { text, headers, authentication, raw, rawUrl, sizeBytes } = message
  switch (tab) {
    case 'html':
      return <Missing title="No HTML" words="This message has a text part only." />
    case 'text':
      return text === undefined ? (
        <Missing title="No text" words="This message has no text part." />
      ) : (
        <TextPart text={text} />
      )
    case 'headers':
      return (
        <div className="content message-headers">
          <Origin authentication={authentication} />
          <div className="source">
            <dl className="fields">
              {headers.map((field, index) => (
                <Field key={index} field={field} form="decoded" />
              ))}
            </dl>
          </div>
        </div>
      )
    case 'raw':
      return <Raw raw={raw} rawUrl={rawUrl} sizeBytes={sizeBytes} />
  }
}

function Missing({ title, words }: { readonly title: string; readonly words: string }) {
  return (
    <div className="content">
      <div className="notice">
        <h2>{title}</h2>
        <p>{words}</p>
      </div>
    </div>
  )
}
