import type { IssueViewProps } from './types.ts'

/** The text part. */
export function TextView({ open: { body } }: IssueViewProps) {
  if (!body.mail) return null
  return (
    <div className="content">
      <pre className="plain" tabIndex={0} dir="auto" aria-label="Text part">
        {body.mail.text}
      </pre>
    </div>
  )
}
