import { CloseButton, VisuallyHidden } from '@mantine/core'
import type { InboxSummary } from '../../api.ts'
import { formatSize, formatTime } from '../format.ts'
import { formatRoute, type InboxRoute } from '../route.ts'
import { deleteMessage } from './delete-messages.ts'
import { isNew } from './opened.ts'

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })
const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' })

interface MessageRowProps {
  readonly message: InboxSummary
  readonly route: InboxRoute
}

/** A message in the list. */
export function MessageRow({ message, route }: MessageRowProps) {
  const { id, from, to, subject, date, sizeBytes } = message
  const sender = nameOf(from)
  return (
    <li className="message-row" data-new={isNew(message) || undefined}>
      <a href={formatRoute({ ...route, id, tab: 'html' })}>
        <span className="avatar" aria-hidden="true">
          {String.fromCodePoint(sender.codePointAt(0) ?? 0x3f).toUpperCase()}
        </span>
        <span className="message-subject" dir="auto">
          {isNew(message) ? <VisuallyHidden component="span">New: </VisuallyHidden> : null}
          {subject || '(no subject)'}
        </span>
        <span className="message-when" title={formatTime(date)}>
          {isToday(date) ? clock.format(new Date(date)) : day.format(new Date(date))}
        </span>
        <span className="message-people">
          <bdi>{sender || 'nobody'}</bdi>
          {' to '}
          <bdi>{to || 'nobody'}</bdi>
        </span>
        <span className="message-size">{formatSize(sizeBytes)}</span>
      </a>
      <CloseButton
        className="message-delete"
        size="sm"
        title="Delete"
        aria-label={`Delete ${subject || 'the message without a subject'}`}
        onClick={() => void deleteMessage(id)}
      />
    </li>
  )
}

/** The name of a mailbox, or its address. */
function nameOf(mailbox: string): string {
  return /^(.+?)\s*<[^<>]*>$/.exec(mailbox)?.[1] ?? mailbox
}

function isToday(iso: string): boolean {
  return new Date(iso).toDateString() === new Date().toDateString()
}
