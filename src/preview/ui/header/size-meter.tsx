import type { IssueBody } from '../../api.ts'
import { formatSize } from '../format.ts'
import { formatRoute, type IssueRoute } from '../route.ts'
import { CLIPPED_BYTES, loadOf } from '../weight/load.ts'

interface SizeMeterProps {
  readonly body: IssueBody
  readonly route: IssueRoute
}

/** How heavy the mail is, on the way to where Gmail cuts it off. */
export function SizeMeter({ body: { mail, findings }, route }: SizeMeterProps) {
  if (!mail) return null
  const { sizeBytes } = mail
  const percent = Math.round((sizeBytes / CLIPPED_BYTES) * 100)
  const words = `${formatSize(sizeBytes)}, ${percent} % of what Gmail shows`
  return (
    <a
      className={`size-meter ${loadOf(findings)}`}
      href={formatRoute({ ...route, view: 'weight', at: undefined })}
      aria-label={words}
      title={words}
    >
      <span className="size-bar" aria-hidden="true">
        <span style={{ width: `${Math.min(100, percent)}%` }} />
      </span>
      {formatSize(sizeBytes)}
    </a>
  )
}
