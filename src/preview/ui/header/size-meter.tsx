import type { IssueBody } from '../../api.ts'
import { formatSize } from '../format.ts'
import type { IssueRoute } from '../route.ts'

interface SizeMeterProps {
  readonly body: IssueBody
  readonly route: IssueRoute
}

/** How heavy the mail is. */
export function SizeMeter({ body: { mail } }: SizeMeterProps) {
  return mail ? <span>{formatSize(mail.sizeBytes)}</span> : null
}
