import type { Inspection, IssuePreview } from './services.ts'

/** Issues whose last good build is kept; a mail is some 200 KB. */
const MAX_KEPT = 50

export interface ShownPreview {
  readonly preview: IssuePreview
  /** It is of an earlier state of the file, which cannot be rendered as it is. */
  readonly isStale: boolean
}

/** Remembers the last build of each issue that worked, so that a slip of the pen does not blank the screen. */
export interface LastGood {
  /** What to show for an inspection; undefined when the issue has never been rendered. */
  update(inspection: Inspection): ShownPreview | undefined
  /** The build with this hash, when it is the last one shown. */
  find(slug: string, hash: string): IssuePreview | undefined
  forget(slug: string): void
}

export function createLastGood(): LastGood {
  const kept = new Map<string, IssuePreview>()
  return {
    update({ slug, preview }) {
      const shown = preview ?? kept.get(slug)
      if (!shown) return undefined
      kept.delete(slug)
      kept.set(slug, shown)
      for (const oldest of kept.keys()) {
        if (kept.size <= MAX_KEPT) break
        kept.delete(oldest)
      }
      return { preview: shown, isStale: preview === undefined }
    },
    find(slug, hash) {
      const preview = kept.get(slug)
      return preview?.hash === hash ? preview : undefined
    },
    forget(slug) {
      kept.delete(slug)
    },
  }
}
