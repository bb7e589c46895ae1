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
  const { from, to, reader, missing, subject, preheader, text, sizeBytes } = preview
  const shown = { from, to, reader, missing, subject, preheader, text, sizeBytes }
  const query = buildQuery(preview.hash, reader.id)
  return {
    ...shown,
    isStale,
    url: `/mail/${encodeURIComponent(slug)}${query}`,
    rawUrl: rawUrl(slug, preview.hash, reader.id),
  }
}

/** Where the message of an issue is. */
export function rawUrl(slug: string, build: string | undefined, reader: string | undefined): string {
  return `/issues/${encodeURIComponent(slug)}/message.eml${buildQuery(build, reader)}`
}

function buildQuery(build: string | undefined, reader: string | undefined): string {
  const values = { ...(build === undefined ? {} : { build }), ...(reader === undefined ? {} : { reader }) }
  const query = new URLSearchParams(values).toString()
  return query === '' ? '' : `?${query}`
}
