/** A place in rendered text for one reader's value. */
export interface SlotUse {
  readonly slot: string
  readonly fallback?: string
}

/** Fixed text and slots in order; no two strings stand side by side. */
export type Segments = readonly (string | SlotUse)[]

/** A local image of the issue. */
export interface RenderedImage {
  /** What stands in the HTML: `cid:<cid>`, or the URL it is published at. */
  readonly src: string
  /** Content-ID without brackets; missing when the image is served from `src`. */
  readonly cid?: string
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
  readonly images: readonly RenderedImage[]
  /** Page of the issue in the archive; missing without `url`. */
  readonly archiveUrl?: string
  /** SHA-256 (hex) over all of the above and the images' bytes: what "tested" and "approved" mean. */
  readonly hash: string
}
