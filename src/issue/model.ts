import type { Range } from '../base/index.ts'

/** Carried by every node: the place in the issue file it was read from. */
interface Placed {
  readonly range: Range
}

/** Text free of control, private-use and bidirectional override characters; never escaped for any output. */
export interface Text extends Placed {
  readonly type: 'text'
  readonly value: string
}

/** A span of inline content with one meaning. */
export interface Span extends Placed {
  readonly type: 'strong' | 'emphasis' | 'delete' | 'superscript' | 'subscript'
  readonly children: readonly Inline[]
}

export interface InlineCode extends Placed {
  readonly type: 'inlineCode'
  readonly value: string
}

/** `url` has an allowed scheme (https, http, mailto, tel) or begins with `#`. */
export interface Link extends Placed {
  readonly type: 'link'
  readonly url: string
  readonly title?: string
  readonly children: readonly Inline[]
}

/** An image that exists; `width` and `height` in CSS pixels as stored in the file, missing for remote images. */
export interface ImageData {
  /** Remote https URL, or the path as written; the renderer replaces a path by the address readers load it from. */
  readonly src: string
  /** Absolute path of a local file; missing for a remote image. */
  readonly path?: string
  readonly width?: number
  readonly height?: number
}

export interface Image extends Placed, ImageData {
  readonly type: 'image'
  /** Empty for a decoration. */
  readonly alt: string
  readonly title?: string
}

export interface Break extends Placed {
  readonly type: 'break'
}

/** A place for one reader's value. */
export interface SlotNode extends Placed {
  readonly type: 'slot'
  readonly name: string
  readonly fallback?: string
}

/** A mark that leads to the footnote with the same number. */
export interface FootnoteReference extends Placed {
  readonly type: 'footnoteReference'
  readonly number: number
  /** Anchor of the footnote. */
  readonly id: string
}

export type Inline = Text | Span | InlineCode | Link | Image | Break | SlotNode | FootnoteReference

export interface Paragraph extends Placed {
  readonly type: 'paragraph'
  readonly children: readonly Inline[]
}

/** A heading inside an entry; sections and entries have their own types. */
export interface Heading extends Placed {
  readonly type: 'heading'
  readonly depth: 4 | 5 | 6
  readonly children: readonly Inline[]
}

export interface List extends Placed {
  readonly type: 'list'
  readonly ordered: boolean
  /** Number of the first item of an ordered list. */
  readonly start: number
  readonly items: readonly ListItem[]
}

export interface ListItem extends Placed {
  /** Set for a task: done or not. */
  readonly checked?: boolean
  readonly children: readonly Flow[]
}

export interface Table extends Placed {
  readonly type: 'table'
  readonly align: readonly ('left' | 'right' | 'center' | null)[]
  readonly header: readonly TableCell[]
  readonly rows: readonly (readonly TableCell[])[]
}

export interface TableCell extends Placed {
  readonly children: readonly Inline[]
}

export interface Code extends Placed {
  readonly type: 'code'
  readonly language?: string
  readonly value: string
}

export interface Quote extends Placed {
  readonly type: 'blockquote'
  readonly children: readonly Flow[]
}

/** The notes first referred to in a piece of prose; always its last node. */
export interface Footnotes extends Placed {
  readonly type: 'footnotes'
  readonly items: readonly Footnote[]
}

export interface Footnote extends Placed {
  readonly number: number
  readonly id: string
  readonly children: readonly Flow[]
}

/** An image alone in its paragraph is an `Image` here. */
export type Flow = Paragraph | Heading | List | Table | Code | Quote | Image | Footnotes

/** A run of author's text between blocks. */
export interface Prose extends Placed {
  readonly type: 'prose'
  readonly children: readonly Flow[]
}

/** A typed piece besides sections; `props` passed the block's own schema, image attributes are `ImageData`. */
export interface Block extends Placed {
  readonly type: 'block'
  /** Name in the registry: `toc`, `promo` … */
  readonly block: string
  readonly props: Readonly<Record<string, unknown>>
  /** Empty for a block without a body. */
  readonly body: readonly Flow[]
  /** Links of the list that became buttons; empty for most blocks. */
  readonly actions: readonly Action[]
}

export interface Action {
  readonly label: string
  readonly url: string
}

export type Piece = Prose | Block

/** What is known of the work an entry is about. */
export interface EntryMeta {
  readonly authors?: readonly string[]
  readonly arxiv?: string
  readonly doi?: string
  readonly date?: string
  readonly venue?: string
}

/** One numbered item of a section. */
export interface Entry extends Placed {
  /** Unique in the issue; the anchor in the mail. */
  readonly id: string
  /** `1.1` */
  readonly number: string
  readonly title: readonly Inline[]
  /** The title as plain text. */
  readonly titleText: string
  readonly url?: string
  /** Place of the address, where a YAML or JSON file gives it by itself. */
  readonly places?: { readonly url: Range }
  readonly meta?: EntryMeta
  readonly body: readonly Flow[]
  /** Blocks after the entry's text, and prose that follows them. */
  readonly after: readonly Piece[]
}

/** One category of an issue. */
export interface Section extends Placed {
  readonly id: string
  /** `1` */
  readonly number: string
  readonly title: readonly Inline[]
  readonly titleText: string
  readonly intro: readonly Piece[]
  readonly entries: readonly Entry[]
}

/** The days an issue is about, ISO 8601 dates, both included; equal for a single date. */
export interface Period {
  readonly from: string
  readonly to: string
  /** ISO week `2024-W11` when the issue was dated by week. */
  readonly week?: string
}

/** One edition, validated. Same content from Markdown, YAML and JSON, but for the ranges. */
export interface Issue {
  /** Identity for ever; default: the file's slug. */
  readonly id: string
  readonly slug: string
  /** Path relative to the root, `/` between folders. */
  readonly file: string
  readonly title: string
  readonly subtitle?: string
  readonly number?: number
  readonly author?: string
  readonly period: Period
  /** May hold slots, so inline nodes; only text and slots occur. */
  readonly subject: readonly (Text | SlotNode)[]
  readonly preheader?: readonly (Text | SlotNode)[]
  /** BCP 47 tag; missing: the newsletter's. */
  readonly language?: string
  /** Missing: the newsletter's. */
  readonly template?: string
  readonly tags: readonly string[]
  readonly audience?: string
  readonly draft: boolean
  /** Rule id → reason why its findings are accepted in this issue. */
  readonly allow: Readonly<Record<string, string>>
  /** Introduction and blocks before the first section. */
  readonly opening: readonly Piece[]
  readonly sections: readonly Section[]
  readonly closing: readonly Piece[]
  /** Places of front-matter values by key, for findings about the subject, the preheader and so on. */
  readonly places: Readonly<Record<string, Range>>
}
