import type { ReactNode } from 'react'
import type { MailBody, MessageSourceBody } from '../../api.ts'
import { Failure } from '../failure.tsx'
import { useResource } from '../resource.ts'
import type { ShownIssue } from '../store.ts'

interface MessageProps {
  readonly open: ShownIssue
  readonly children: (message: MessageSourceBody, mail: MailBody) => ReactNode
}

/** The message of the issue that is open, once it is put together. */
export function Message({ open: { body }, children }: MessageProps) {
  const { mail, slug } = body
  // Asked for again with each build.
  const query = mail?.rawUrl.split('?')[1] ?? ''
  const path = mail && `/api/issues/${encodeURIComponent(slug)}/message?${query}`
  const { data, failure } = useResource<MessageSourceBody>(path)
  if (!mail) return null
  if (data) return children(data, mail)
  return failure ? (
    <div className="content">
      <Failure {...failure} />
    </div>
  ) : (
    <p className="loading">Putting the message together …</p>
  )
}

/** To take the message along. */
export function Download({ url }: { readonly url: string }) {
  return (
    <a className="download" href={url} download>
      Download .eml
    </a>
  )
}
