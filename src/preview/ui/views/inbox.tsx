import { useState } from 'react'
import { Failure } from '../failure.tsx'
import { MessageList } from '../inbox/message-list.tsx'
import { MessagePage } from '../inbox/message-page.tsx'
import { formatRoute, type InboxRoute } from '../route.ts'
import type { PageProps } from './types.ts'

/** What the embedded inbox has received: the list, or one message. */
export function InboxPage({ state, route, onKey }: PageProps<InboxRoute>) {
  const { message, messages, openFailure } = state
  // What was searched for is there again when the author comes back from a message.
  const [words, setWords] = useState('')
  if (route.id === undefined) return <MessageList state={state} route={route} words={words} onWords={setWords} />
  // What was open stays until the next is there.
  const isGone = openFailure !== undefined && message?.id !== route.id
  if (message && !isGone) return <MessagePage message={message} messages={messages} route={route} onKey={onKey} />
  return (
    <>
      <div className="head">
        <p className="back">
          <a href={formatRoute({ page: 'inbox', tab: 'html', look: route.look })}>← Inbox</a>
        </p>
        <h1>Message</h1>
      </div>
      <div className="bar" />
      <div className="stage">
        <div className="content">
          {openFailure ? <Failure {...openFailure} /> : <p className="loading">Opening …</p>}
        </div>
      </div>
    </>
  )
}
