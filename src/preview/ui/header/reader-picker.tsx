import type { IssueBody } from '../../api.ts'
import type { IssueRoute } from '../route.ts'

interface ReaderPickerProps {
  readonly body: IssueBody
  readonly route: IssueRoute
}

/** As whom the issue is shown. */
export function ReaderPicker({ body: { mail } }: ReaderPickerProps) {
  return mail ? <span dir="auto">{`To ${mail.reader.name ?? mail.reader.email}`}</span> : null
}
