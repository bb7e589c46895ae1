import type { Diagnostic } from '../base/index.ts'
import type { Finding } from '../check/index.ts'
import type { Change, Framed, InboxSummary, IssueSummary, StudioInfo } from './services.ts'

export type { InboxSummary, IssueSummary } from './services.ts'

/*
 * What the server says to the page, as JSON:
 *   /api/studio          StudioBody
 *   /api/issues          IssuesBody
 *   /api/issues/<slug>   IssueBody
 *   /api/inbox           InboxBody
 *   /api/inbox/<id>      MessageBody
 *   /events              server-sent events: `ready` once, `change` with a ChangeEvent, `trouble` with an ErrorBody
 *   /events?live         as well `state` with a StateEvent: at first everything the page shows, later what changed
 *   /events?live&issue=<slug>   with this issue open instead of the newest
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

/** One build of an issue; its HTML is at `url`, the message at `rawUrl`. */
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

/** Parts of what a page shows; those that are missing are as they were. */
export interface StateEvent {
  readonly studio?: StudioBody | ErrorBody
  readonly issues?: IssuesBody | ErrorBody
  readonly inbox?: InboxBody | ErrorBody
  readonly issue?: OpenIssue
}

/** The open issue, or why there is none. */
export type OpenIssue = { readonly slug: string } & (LiveIssue | ErrorBody)

/** An issue with its HTML, so that a page which shows it already needs no further request. */
export interface LiveIssue {
  readonly body: IssueBody
  readonly html?: string
}

export interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string; readonly hint?: string }
}
