import { LookControls } from '../look-controls.tsx'
import { MailStage } from '../mail-stage.tsx'
import type { IssueViewProps } from './types.ts'

/** The mail as a reader sees it. It stays in the page behind other views, and so keeps its place. */
export function MailView({ open: { body, html }, route, isHidden, onKey }: IssueViewProps) {
  const { mail, slug } = body
  if (!mail) return null
  return (
    <>
      {isHidden ? null : <LookControls route={route} />}
      <MailStage
        mail={{ url: mail.url, html, subject: `issue ${slug}`, title: `Mail: ${mail.subject}` }}
        look={route.look}
        isHidden={isHidden}
        at={route.at}
        onKey={onKey}
      />
    </>
  )
}
