import { MessageSource } from '../message-source.tsx'
import type { IssueViewProps } from './types.ts'

/** The message as it goes over the wire. */
export function RawView({ open: { body } }: IssueViewProps) {
  return <div className="content">{body.mail ? <MessageSource url={body.mail.rawUrl} /> : null}</div>
}
