import { MessageSource } from '../message-source.tsx'
import type { IssueViewProps } from './types.ts'

/** The header fields of the message. */
export function HeadersView({ open: { body } }: IssueViewProps) {
  return <div className="content">{body.mail ? <MessageSource url={body.mail.rawUrl} /> : null}</div>
}
