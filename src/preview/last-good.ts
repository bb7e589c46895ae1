import type { Inspection, IssuePreview, IssueSummary } from './services.ts'

/** Issues whose last good build is kept; a mail is some 200 KB. */
const MAX_KEPT = 50

/** What an issue looked like when its file could last be read. */
export interface Shown {
  readonly inspection: Inspection
  readonly preview?: IssuePreview
  /** The preview is of an earlier state of the file, which cannot be rendered as it is. */
  readonly isStale: boolean
}

/** Remembers what could be read, so that a slip of the pen does not blank the screen. */
export interface LastGood {
  /** What to show for an inspection. @param reader - whom it was asked for as. */
  update(inspection: Inspection, reader?: string): Shown
  /** The build with this hash, when it is the last one shown. */
  find(slug: string, hash: string): IssuePreview | undefined
  forget(slug: string): void
  /** The list with what is known of files that cannot be read; such a row keeps its place. */
  updateList(rows: readonly IssueSummary[]): IssueSummary[]
}

export function createLastGood(): LastGood {
  const kept = new Map<string, { readonly inspection: Inspection; readonly preview: IssuePreview }>()
  let listed: readonly IssueSummary[] = []
  return {
    update(inspection, reader = '') {
      const { slug, preview } = inspection
      const name = `${slug} ${reader}`
      const known = kept.get(name)
      if (preview) {
        kept.delete(name)
        kept.set(name, { inspection, preview })
        const [oldest] = kept.keys()
        if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest)
        return { inspection, preview, isStale: false }
      }
      if (!known) return { inspection, isStale: true }
      return { inspection: restore(inspection, known.inspection), preview: known.preview, isStale: true }
    },
    find(slug, hash) {
      for (const { inspection, preview } of kept.values())
        if (preview.hash === hash && inspection.slug === slug) return preview
      return undefined
    },
    forget(slug) {
      for (const [name, { inspection }] of kept) if (inspection.slug === slug) kept.delete(name)
    },
    updateList(rows) {
      const known = new Map(listed.map((row, index) => [row.slug, { row, index }]))
      const next = rows.filter((row) => isReadable(row) || !known.has(row.slug))
      for (const { row, index } of known.values()) {
        const broken = rows.find((candidate) => candidate.slug === row.slug && !isReadable(candidate))
        if (broken) next.splice(index, 0, restore(broken, row))
      }
      listed = next
      return next
    },
  }
}

type Described = Pick<IssueSummary, 'slug' | 'title' | 'period' | 'draft'>

function isReadable({ title, slug, period }: Described): boolean {
  return period !== undefined || title !== slug
}

function restore<T extends Described>(current: T, known: Described): T {
  if (isReadable(current)) return current
  const { title, period, draft } = known
  return { ...current, title, draft, ...(period === undefined ? {} : { period }) }
}
