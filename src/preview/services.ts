import type { AppError } from '../base/index.ts'
import type { InboxList, InboxMessage } from './model/inbox.ts'
import type { BlockSample, Inspection, IssueMessage, IssueSummary, IssueTree, StudioImage } from './model/issue.ts'
import type { ReaderList } from './model/reader.ts'
import type { RunDetail, RunLever, RunList, SendPlan, SentTest } from './model/sending.ts'

export type * from './model/inbox.ts'
export type * from './model/issue.ts'
export type * from './model/reader.ts'
export type * from './model/sending.ts'

/**
 * All that the studio shows and does. app.ts fills it. Everything is read afresh on each call; what is slow may be kept
 * by the implementation as long as its inputs are unchanged. Nothing but `createIssue`, `sendTest`, `pullLever`,
 * `deleteMessages` and `openInEditor` changes anything; no store is made by looking.
 *
 * A method may throw an AppError for broken machinery (a configuration that does not load, say): the page shows its
 * words and tries again on the next change. Problems in an issue file are `diagnostics`, never thrown.
 */
export interface StudioServices {
  describe(): Promise<StudioInfo>
  /** Newest period first. */
  listIssues(): Promise<readonly IssueSummary[]>
  /**
   * @param slug - any text without a separator; looked up in the list of issues, never joined to a path.
   * @param reader - id of whom it is shown as; missing: the first fixture reader.
   * @returns undefined when no issue has this slug.
   * @throws AppError `preview/no-reader`
   */
  inspect(slug: string, reader?: string): Promise<Inspection | undefined>
  /** @returns undefined when no issue has this slug, or it cannot be rendered. @throws AppError `preview/no-reader` */
  readIssueMessage(slug: string, reader?: string): Promise<IssueMessage | undefined>
  /** @returns undefined when no issue has this slug, or it cannot be rendered. */
  readTree(slug: string): Promise<IssueTree | undefined>
  /** An image of an issue, by the name that `IssuePreview.html` gives it; looked up in the issue's own list, never joined to a path. */
  readImage(slug: string, name: string): Promise<StudioImage | undefined>
  /** Each block of the registry by its own example. */
  listBlocks(): Promise<readonly BlockSample[]>
  /** Fixture readers and subscribers whose name, address or tag holds the text. @param ids - of readers that are listed as well. */
  listReaders(query: string, ids?: readonly string[]): Promise<ReaderList>
  /** Writes the file of a new issue. @throws AppError when there is one, or the slug is none. */
  createIssue(wish: NewIssue): Promise<CreatedIssue>
  /** @throws AppError when the issue or the reader is missing, or it cannot be rendered. */
  sendTest(slug: string, wish: TestWish): Promise<SentTest>
  /** @returns undefined when no issue has this slug. */
  plan(slug: string): Promise<SendPlan | undefined>
  listRuns(): Promise<RunList>
  /** @returns undefined when the issue was never approved. */
  readRun(issueId: string): Promise<RunDetail | undefined>
  /**
   * @param typed - the slug, which the author has typed for it.
   * @returns how it stands then; undefined when the issue was never approved.
   * @throws AppError when another text was typed, or there is nothing to pause, resume or cancel.
   */
  pullLever(issueId: string, lever: RunLever, typed: string): Promise<RunDetail | undefined>
  /** Newest first. @param query - what sender, recipient or subject hold; empty: all. */
  listInbox(query?: string): Promise<InboxList>
  readMessage(id: string): Promise<InboxMessage | undefined>
  /** @param id - missing: all. @returns how many. */
  deleteMessages(id?: string): Promise<number>
  /** @returns undefined for a path that is no file of the newsletter. */
  findInEditor(place: FilePlace): Promise<EditorLink | undefined>
  /** Runs the author's editor. @returns false for a path that is no file of the newsletter. @throws AppError when none is set. */
  openInEditor(place: FilePlace): Promise<boolean>
  /**
   * Calls back after each burst of changes, with everything above already answering with the new state.
   *
   * @param onError - told when changes are not noticed any more; the page says so.
   */
  watch(onChange: (change: Change) => void, onError: (error: AppError) => void): Watcher
}

export interface Watcher {
  close(): Promise<void>
}

/** What may look different now. */
export interface Change {
  /** `counts`: rows of the list have become exact; `ledger`: list, tests or sends, also by another process. */
  readonly kind: 'issue' | 'template' | 'config' | 'inbox' | 'counts' | 'ledger'
  /** The issues concerned; missing: any may be. */
  readonly slugs?: readonly string[]
}

export interface StudioInfo {
  /** Name of the newsletter. */
  readonly name: string
  /** Where the embedded inbox listens, `127.0.0.1:1025`; missing when it does not. */
  readonly inboxAddress?: string
  /** How tests and sends go out. */
  readonly transport: { readonly name: 'smtp' | 'inbox'; readonly place: string }
  /** `command`: POST /api/editor runs it; `link`: the address that GET /api/editor gives. */
  readonly editor: 'link' | 'command'
}

export interface NewIssue {
  /** ISO 8601, `2026-W48`; missing: this week, or the next that has no issue. */
  readonly week?: string
  /** Missing: the ISO week of the next issue, `2026-w48`. */
  readonly slug?: string
  readonly title?: string
}

export interface CreatedIssue {
  readonly slug: string
  /** Relative to the root. */
  readonly file: string
}

export interface TestWish {
  /** Addresses; 1 to 20. */
  readonly to: readonly string[]
  /** Whose values are filled in; missing: the first fixture reader's. */
  readonly reader?: string
  /** Into the embedded inbox, where nobody receives it; missing: as the newsletter's mail goes out. */
  readonly into?: 'inbox'
}

export interface FilePlace {
  /** Relative to the root. */
  readonly file: string
  /** From 1. */
  readonly line?: number
  readonly column?: number
}

export interface EditorLink {
  /** `vscode://file/…:12:3` */
  readonly url: string
}
