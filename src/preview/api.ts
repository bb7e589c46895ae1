import type { Diagnostic } from '../base/index.ts'
import type { Finding } from '../check/index.ts'
import type { Change, Framed, InboxSummary, IssueSummary, StudioInfo } from './services.ts'

/*
 * What the server says to the page, as JSON:
 *   /api/studio          StudioBody
 *   /api/issues          IssuesBody
 *   /api/issues/<slug>   IssueBody
 *   /api/inbox           InboxBody
 *   /api/inbox/<id>      MessageBody
 *   /events              server-sent events: `ready` once, `change` with a ChangeEvent, `trouble` with an ErrorBody
 * Anything but 200 has an ErrorBody.
 */

export type StudioBody = StudioInfo

export interface IssuesBody {
  readonly issues: readonly IssueSummary[]
}

export interface IssueBody {
  readonly slug: string
  readonly file: string
  readonly title: string
  readonly period?: string
  readonly draft: boolean
  readonly diagnostics: readonly Framed<Diagnostic>[]
  readonly findings: readonly Framed<Finding>[]
  readonly mail?: MailBody
}

/** One build of an issue; its HTML is at `url`. */
export interface MailBody {
  /** Whether the file has changed since so that it cannot be rendered. */
  readonly isStale: boolean
  readonly url: string
  readonly rawUrl: string
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly preheader: string
  readonly text: string
  readonly raw: string
  readonly sizeBytes: number
}

export interface InboxBody {
  readonly messages: readonly InboxSummary[]
}

export interface MessageBody extends InboxSummary {
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  /** Where its HTML is; missing when it has none. */
  readonly url?: string
  readonly rawUrl: string
  readonly text?: string
  readonly raw: string
}

export type ChangeEvent = Change

export interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string; readonly hint?: string }
}
