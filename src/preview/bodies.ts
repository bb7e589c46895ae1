import { AppError, messageOf } from '../base/index.ts'
import type { ErrorBody, IssueBody, MailBody } from './api.ts'
import { unexpected } from './errors.ts'
import type { Shown } from './last-good.ts'
import type { IssuePreview } from './services.ts'

/** Words for whoever reads an answer that is not 200. */
export function errorBody(code: string, message: string, hint?: string): ErrorBody {
  return { error: { code, message, ...(hint === undefined ? {} : { hint }) } }
}

/** The same for whatever was thrown. */
export function toErrorBody(error: unknown): ErrorBody {
  if (error instanceof AppError) return errorBody(error.code, error.message, error.hint)
  return errorBody(unexpected.code, unexpected.message(messageOf(error)), unexpected.hint())
}

export function toIssueBody({ inspection, preview, isStale }: Shown): IssueBody {
  const { preview: _, ...rest } = inspection
  return preview ? { ...rest, mail: toMailBody(inspection.slug, preview, isStale) } : rest
}

function toMailBody(slug: string, preview: IssuePreview, isStale: boolean): MailBody {
  const { from, to, subject, preheader, text, sizeBytes } = preview
  const name = encodeURIComponent(slug)
  const build = encodeURIComponent(preview.hash)
  const shown = { from, to, subject, preheader, text, sizeBytes }
  return {
    ...shown,
    isStale,
    url: `/mail/${name}?build=${build}`,
    rawUrl: `/issues/${name}/message.eml?build=${build}`,
  }
}
