import type { AppError, Diagnostic } from '../base/index.ts'
import type { Finding } from '../check/index.ts'

/**
 * All that the studio shows. app.ts fills it. Everything is read afresh on each call; what is slow may be kept by the
 * implementation as long as its inputs are unchanged.
 *
 * A method may throw an AppError for broken machinery (a configuration that does not load, say): the page shows its
 * words and tries again on the next change. Problems in an issue file are `diagnostics`, never thrown.
 */
export interface StudioServices {
  describe(): Promise<StudioInfo>
  /** Newest period first. */
  listIssues(): Promise<readonly IssueSummary[]>
  /** @returns undefined when no issue has this slug. */
  inspect(slug: string): Promise<Inspection | undefined>
  /** An image of an issue, by the name that `IssuePreview.html` gives it; looked up in the issue's own list, never joined to a path. */
  readImage(slug: string, name: string): Promise<StudioImage | undefined>
  /** Newest first. */
  listInbox(): Promise<readonly InboxSummary[]>
  readMessage(id: string): Promise<InboxMessage | undefined>
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
  /** `counts`: rows of the list have become exact; nothing else looks different. */
  readonly kind: 'issue' | 'template' | 'config' | 'inbox' | 'counts'
  /** The issues concerned; missing: any may be. */
  readonly slugs?: readonly string[]
}

export interface StudioInfo {
  /** Name of the newsletter. */
  readonly name: string
  /** Where the embedded inbox listens, `127.0.0.1:1025`; missing when it does not. */
  readonly inboxAddress?: string
}

/** One row of the list. A broken file has a row as well. */
export interface IssueSummary {
  readonly slug: string
  /** Path relative to the root. */
  readonly file: string
  /** The slug when the title cannot be read. */
  readonly title: string
  /** As readers see it: `11 – 17 March 2024`; missing when it cannot be read. */
  readonly period?: string
  readonly draft: boolean
  /** Error diagnostics and error findings that the issue does not allow; missing: not counted yet. */
  readonly errors?: number
  readonly warnings?: number
  /** Octets of the HTML as the wire carries it; missing: not known. */
  readonly sizeBytes?: number
}

/** A diagnostic or finding with the lines around its place. */
export type Framed<T> = T & {
  /** Code frame without colours; empty when there is no place. */
  readonly frame: string
}

export interface Inspection {
  readonly slug: string
  readonly file: string
  readonly title: string
  readonly period?: string
  readonly draft: boolean
  /** Problems of the issue's file and of its template, sorted. */
  readonly diagnostics: readonly Framed<Diagnostic>[]
  readonly findings: readonly Framed<Finding>[]
  /** Missing when the issue cannot be rendered; the studio then shows the last one it saw, and says so. */
  readonly preview?: IssuePreview
}

/** An issue as the sample reader gets it. */
export interface IssuePreview {
  /** Changes with anything below; letters and digits. */
  readonly hash: string
  /** Who it is from, as in the header, decoded. */
  readonly from: string
  /** The sample reader. */
  readonly to: string
  readonly subject: string
  readonly preheader: string
  /** Filled; local images lead to `/issues/<slug>/images/<name>` (see `imageUrl`). */
  readonly html: string
  readonly text: string
  /** The whole message, `.eml`; made when it is first asked for. */
  readRaw(): Promise<Uint8Array>
  /** Octets of the HTML as the wire carries it. */
  readonly sizeBytes: number
}

export interface StudioImage {
  readonly bytes: Uint8Array
  /** `image/png` and the like; anything that is no image is not served. */
  readonly contentType: string
}

export interface InboxSummary {
  /** Name of the file without `.eml`. */
  readonly id: string
  readonly from: string
  readonly to: string
  readonly subject: string
  /** ISO 8601: when it arrived. */
  readonly date: string
  readonly sizeBytes: number
}

/** A message of the inbox, parsed; whoever sent it is not trusted. */
export interface InboxMessage extends InboxSummary {
  /** In order, decoded, unfolded. */
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  /** With the images that travel in the message as `data:` URLs. */
  readonly html?: string
  readonly text?: string
  readonly raw: Uint8Array
}
