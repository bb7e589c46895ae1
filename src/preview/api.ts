import type { Diagnostic } from '../base/index.ts'
import type { Finding } from '../check/index.ts'
import type {
  BlockSample,
  Change,
  Framed,
  InboxList,
  InboxMessage,
  IssueMessage,
  IssueSummary,
  IssueTree,
  MissingValue,
  ReaderList,
  ReaderSummary,
  RunDetail,
  RunList,
  SendPlan,
  SentTest,
  StudioInfo,
} from './services.ts'

export type * from './model/inbox.ts'
export type * from './model/issue.ts'
export type * from './model/reader.ts'
export type * from './model/sending.ts'
export type { CreatedIssue, EditorLink, FilePlace, NewIssue, TestWish } from './services.ts'

/*
 * What the server says to the page, as JSON. `?reader=ID`: as this reader (an id of /api/readers); missing: the first
 * fixture reader.
 *   GET  /api/studio                            StudioBody
 *   GET  /api/issues                            IssuesBody
 *   POST /api/issues                            NewIssue → 201 CreatedIssue
 *   GET  /api/issues/<slug>?reader=ID           IssueBody
 *   GET  /api/issues/<slug>/message?reader=ID   MessageSourceBody: headers, HTML, text and .eml as they travel
 *   GET  /api/issues/<slug>/tree                TreeBody: what it is made of, and what each part weighs
 *   GET  /api/issues/<slug>/plan                PlanBody
 *   POST /api/issues/<slug>/test                TestWish → TestBody
 *   GET  /api/readers?q=TEXT&ids=ID,ID          ReadersBody: who holds the text, and those with these ids
 *   GET  /api/blocks                            BlocksBody
 *   GET  /api/runs                              RunsBody
 *   GET  /api/runs/<issue id>                   RunBody
 *   POST /api/runs/<issue id>/pause|resume|cancel   LeverWish → RunBody
 *   GET  /api/inbox?q=TEXT                      InboxBody
 *   DELETE /api/inbox                           DeletedBody
 *   GET  /api/inbox/<id>                        MessageBody
 *   DELETE /api/inbox/<id>                      DeletedBody
 *   GET  /api/editor?file=&line=&column=        EditorLink: an address that opens the editor on this machine
 *   POST /api/editor                            FilePlace → 204; runs the editor's command (StudioBody.editor: 'command')
 * not JSON:
 *   GET  /mail/<slug>?build=HASH&reader=ID      HTML for a frame (MailBody.url)
 *   GET  /issues/<slug>/message.eml?build=HASH&reader=ID, /issues/<slug>/images/<name>
 *   GET  /inbox/<id>/mail, /inbox/<id>/message.eml
 *   GET  /blocks/<name>/mail                    HTML of a block's example (BlockBody.url)
 *   GET  /events          server-sent events: `ready` once, `beat` every three seconds, `change` with a ChangeEvent, `trouble` with an ErrorBody,
 *                         `runs` with a RunsEvent: when a send has moved, at most once a second
 *   GET  /events?live     as well `state` with a StateEvent: at first everything the page shows, later what changed
 *   GET  /events?live&issue=<slug>&reader=ID   with this issue open instead of the newest, as this reader
 *
 * POST and DELETE need `Content-Type: application/json` and the token that the page was served with
 * (`<meta name="letterpress-token" content="…">`) in the header `X-Letterpress-Token`; a server that was started again
 * has another one and says 403 `preview/stale-page`: load the page again. A DELETE has no body. Anything but 200, 201
 * and 204 has an ErrorBody: 400 a body of the wrong shape, 404 there is none, 409 it cannot be done or shown (words in
 * the body).
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

/** One build of an issue for one reader; its HTML is at `url`, the message at `rawUrl`. */
export interface MailBody {
  /** Whether the file has changed since so that it cannot be rendered. */
  readonly isStale: boolean
  readonly url: string
  readonly rawUrl: string
  readonly from: string
  readonly to: string
  readonly reader: ReaderSummary
  readonly missing: readonly MissingValue[]
  readonly subject: string
  readonly preheader: string
  readonly text: string
  readonly sizeBytes: number
}

export interface MessageSourceBody extends Omit<IssueMessage, 'raw'> {
  readonly rawUrl: string
  /** The first 2 MB. */
  readonly raw: string
  /** Of all of it. */
  readonly sizeBytes: number
}

export type TreeBody = IssueTree
export type PlanBody = SendPlan
export type TestBody = SentTest
export type ReadersBody = ReaderList

export interface BlocksBody {
  readonly blocks: readonly BlockBody[]
}

export interface BlockBody extends Omit<BlockSample, 'html'> {
  /** Where its HTML is; missing when it cannot be rendered. */
  readonly url?: string
}

export type RunsBody = RunList
export type RunsEvent = RunList

export type RunBody = RunDetail

export interface LeverWish {
  /** The slug, typed by the author. */
  readonly confirm: string
}

export type InboxBody = InboxList

export interface MessageBody extends Omit<InboxMessage, 'raw' | 'html'> {
  /** Where its HTML is; missing when it has none. */
  readonly url?: string
  readonly rawUrl: string
  /** The first 2 MB. */
  readonly raw: string
}

export interface DeletedBody {
  readonly deleted: number
}

export type ChangeEvent = Change

/** Parts of what a page shows; those that are missing are as they were. */
export interface StateEvent {
  readonly studio?: StudioBody | ErrorBody
  readonly issues?: IssuesBody | ErrorBody
  readonly inbox?: InboxBody | ErrorBody
  readonly issue?: OpenIssue
}

/** The open issue as the reader asked for, or why there is none. */
export type OpenIssue = { readonly slug: string; readonly reader?: string } & (LiveIssue | ErrorBody)

/** An issue with its HTML, so that a page which shows it already needs no further request. */
export interface LiveIssue {
  readonly body: IssueBody
  readonly html?: string
}

export interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string; readonly hint?: string }
}
