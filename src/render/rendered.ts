/** A place in rendered text for one reader's value. */
export interface SlotUse {
  readonly slot: string
  readonly fallback?: string
}

/** Fixed text and slots in order; no two strings stand side by side. */
export type Segments = readonly (string | SlotUse)[]

/** A local image that goes with the mail, referred to as `cid:<cid>` in the HTML. */
export interface InlineImage {
  readonly cid: string
  /** Absolute path of the file. */
  readonly path: string
  readonly filename: string
  readonly contentType: string
}

/** An issue as every reader gets it, with slots for what differs. */
export interface Rendered {
  readonly issueId: string
  /** Name of the template that made it. */
  readonly template: string
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  readonly subject: Segments
  readonly preheader: Segments
  readonly html: Segments
  readonly text: Segments
  readonly images: readonly InlineImage[]
  /** SHA-256 (hex) over all of the above and the images' bytes: what "tested" and "approved" mean. */
  readonly hash: string
}
