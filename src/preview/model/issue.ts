import type { Diagnostic, Range } from '../../base/index.ts'
import type { Finding, Part } from '../../check/index.ts'
import type { MissingValue, ReaderSummary } from './reader.ts'

/**
 * How far an issue is. `draft`: `draft: true`, or never test-sent as it is now; `tested`: as it is now; all others tell
 * how its send stands: `sent` when nothing is left to do, `incomplete` when something is and no process is at it.
 */
export type IssueState = 'draft' | 'tested' | 'scheduled' | 'sending' | 'paused' | 'incomplete' | 'sent' | 'cancelled'

/** One row of the list. A broken file has a row as well. */
export interface IssueSummary {
  readonly slug: string
  /** Path relative to the root. */
  readonly file: string
  /** The slug when the title cannot be read. */
  readonly title: string
  /** As readers see it: `11 – 17 March 2024`; missing when it cannot be read. */
  readonly period?: string
  /** `number:` of the front matter. */
  readonly number?: number
  /** First day of the period, `2024-03-11`; missing when it cannot be read. */
  readonly date?: string
  /** Whether the front matter says `draft: true`. */
  readonly draft: boolean
  /** Missing: not known yet. */
  readonly state?: IssueState
  /** Whether what was sent went into the embedded inbox, where nobody receives it. */
  readonly isRehearsal?: boolean
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
  /** Of a finding: what the trouble does to readers or to delivery. */
  readonly why?: string
  /** Where it shows in the mail; missing when it is about the file only. */
  readonly mail?: MailPlace
}

/** Where something shows in the mail. */
export interface MailPlace {
  readonly part: Part
  /** `id` of the element in the HTML that begins the section or entry concerned; missing: before the first section. */
  readonly anchor?: string
  /** Words that stand in the mail at that place, to be looked for after the anchor. */
  readonly words?: string
  /** Line of the HTML, from 1, as the checks saw it; near it in the HTML of other readers. */
  readonly line?: number
}

/** One issue as it is now. */
export interface Inspection {
  readonly slug: string
  /** Path relative to the root. */
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

/** An issue as one reader gets it. */
export interface IssuePreview {
  /** Changes with anything below; letters and digits. */
  readonly hash: string
  /** Who it is from, as in the header, decoded. */
  readonly from: string
  /** The reader, as in the header. */
  readonly to: string
  readonly reader: ReaderSummary
  /** Values that this or other readers lack and that have no fallback. */
  readonly missing: readonly MissingValue[]
  readonly subject: string
  readonly preheader: string
  /** Filled; local images lead to `/issues/<slug>/images/<name>` (see `imageUrl`); links of the reader do nothing. */
  readonly html: string
  readonly text: string
  /** The whole message, `.eml`; made when it is first asked for. */
  readRaw(): Promise<Uint8Array>
  /** Octets of the HTML as the wire carries it. */
  readonly sizeBytes: number
}

/** A header field. */
export interface HeaderField {
  readonly name: string
  /** Unfolded, decoded. */
  readonly value: string
  /** As it stands in the message, folded, without the final line end. */
  readonly raw: string
}

/** The message of an issue to one reader, byte for byte but for links that do nothing. */
export interface IssueMessage {
  readonly reader: ReaderSummary
  readonly headers: readonly HeaderField[]
  /** As it travels: images by Content-ID. */
  readonly html: string
  readonly text: string
  readonly raw: Uint8Array
}

/** What an issue is made of, with what each part weighs. */
export interface IssueTree {
  readonly file: string
  /** Octets of the HTML as the wire carries it: what counts for clipping. */
  readonly totalBytes: number
  /** From here on, and beyond it, the check `size-clip` warns and fails: Gmail shows the rest behind a link. */
  readonly warnBytes: number
  readonly limitBytes: number
  /** In the order of the mail. Their bytes add up to the total. */
  readonly nodes: readonly TreeNode[]
  /** They do not count for clipping. */
  readonly images: readonly TreeImage[]
}

/** An image of the issue's own folder. */
export interface TreeImage {
  readonly name: string
  readonly bytes: number
  /** Whether it travels in the message; false: it is fetched from where it is published. */
  readonly isAttached: boolean
}

export interface TreeNode {
  /** `frame`: head, masthead and footer of the mail; `opening`: all before the first section. */
  readonly kind: 'frame' | 'opening' | 'section' | 'entry' | 'block' | 'prose' | 'closing'
  /** `id` of the element in the mail. */
  readonly anchor?: string
  /** `1`, `1.2` */
  readonly number?: string
  /** Title, name of the block, or the first words. */
  readonly title: string
  /** Place in the issue file; missing for the frame. */
  readonly range?: Range
  /** Its share of the HTML as the wire carries it, children included; missing where it cannot be told apart. */
  readonly bytes?: number
  readonly children: readonly TreeNode[]
}

export interface StudioImage {
  readonly bytes: Uint8Array
  /** `image/png` and the like; anything that is no image is not served. */
  readonly contentType: string
}

/** A block of the registry, shown by its own example. */
export interface BlockSample {
  readonly name: string
  /** What it is for, in a few words. */
  readonly summary: string
  /** Its example, as one would write it in an issue. */
  readonly source: string
  /** The example as mail; missing when it cannot be rendered. */
  readonly html?: string
  readonly diagnostics: readonly Framed<Diagnostic>[]
}
