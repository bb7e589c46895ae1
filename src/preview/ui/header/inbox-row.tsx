import type { IssueBody } from '../../api.ts'

/** The issue as a line of somebody's inbox: who it is from, its subject, as much of the preheader as there is room. */
export function InboxRow({ mail }: { readonly mail: NonNullable<IssueBody['mail']> }) {
  const sender = nameOf(mail.from)
  return (
    <div className="inbox-row" title="As it stands in an inbox">
      <span className="avatar" aria-hidden="true">
        {String.fromCodePoint(sender.codePointAt(0) ?? 0x40).toUpperCase()}
      </span>
      <span className="sender" dir="auto">
        {sender}
      </span>
      <span className="inbox-line" dir="auto">
        <b>{mail.subject}</b>
        {mail.preheader ? <span className="preheader">{` – ${mail.preheader}`}</span> : null}
      </span>
    </div>
  )
}

/** The name of a mailbox, or its address. */
function nameOf(mailbox: string): string {
  return /^(.+?)\s*<[^<>]*>$/.exec(mailbox)?.[1] ?? mailbox
}
