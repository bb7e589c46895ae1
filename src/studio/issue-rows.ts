import { statSync } from 'node:fs'
import { join } from 'node:path'
import { countProblems } from '../check/index.ts'
import type { Inspection } from '../inspect.ts'
import { findIssues, type IssueSketch, sketchIssue, slugOf } from '../issue/index.ts'
import type { IssueSummary } from '../preview/index.ts'
import { formatPeriod } from '../render/index.ts'

/** Rows of the list of issues: from the heads of the files at first, exact once an issue was read as a whole. */
export interface IssueRows {
  /** Newest period first. @param language - of the newsletter. */
  list(language: string): IssueSummary[]
  /** Changes with the file; undefined when there is none. */
  readStamp(file: string): string | undefined
  /** @param stamp - of the file before it was read. */
  record(inspection: Inspection, stamp: string): void
  /** Counts are not true any more, but better than none. */
  outdate(): void
  /** Files whose rows are not exact. */
  findInexact(): string[]
}

interface Row {
  readonly stamp: string
  readonly sketch: IssueSketch
  readonly exact?: Exact
}

/** What only reading the whole file tells. */
interface Exact {
  readonly stamp: string
  readonly isOutdated: boolean
  /** Missing when the file has errors. */
  readonly title?: string
  readonly counts: Pick<IssueSummary, 'errors' | 'warnings' | 'sizeBytes'>
}

/** @param root - absolute path of the newsletter. */
export function createIssueRows(root: string): IssueRows {
  const rows = new Map<string, Row>()
  const readStamp = (file: string) => {
    const stat = statSync(join(root, file), { throwIfNoEntry: false })
    return stat && `${stat.mtimeMs}:${stat.ctimeMs}:${stat.size}`
  }
  const look = (file: string): Row | undefined => {
    const stamp = readStamp(file)
    const known = rows.get(file)
    if (stamp === undefined) rows.delete(file)
    if (stamp === undefined || known?.stamp === stamp) return stamp === undefined ? undefined : known
    const row = { ...known, stamp, sketch: sketchIssue(join(root, file)) }
    rows.set(file, row)
    return row
  }
  const isExact = ({ stamp, exact }: Row) => exact?.stamp === stamp && !exact.isOutdated
  const lookAtAll = () =>
    findIssues(root).flatMap((file) => {
      const row = look(file)
      return row ? [{ file, row }] : []
    })
  return {
    readStamp,
    list: (language) =>
      lookAtAll()
        .toSorted((a, b) => compare(b.row.sketch.period?.from ?? '', a.row.sketch.period?.from ?? ''))
        .map(({ file, row }) => summarize(file, row, language)),
    record(inspection, stamp) {
      const row = look(inspection.file)
      if (row) rows.set(inspection.file, { ...row, exact: measure(inspection, stamp) })
    },
    outdate() {
      for (const [file, row] of rows)
        if (row.exact) rows.set(file, { ...row, exact: { ...row.exact, isOutdated: true } })
    },
    findInexact: () => lookAtAll().flatMap(({ file, row }) => (isExact(row) ? [] : [file])),
  }
}

function measure(inspection: Inspection, stamp: string): Exact {
  const { errors, warnings } = countProblems([inspection])
  const { issue, sizeBytes } = inspection
  const counts = { errors, warnings, ...(sizeBytes === undefined ? {} : { sizeBytes }) }
  return { stamp, isOutdated: false, counts, ...(issue ? { title: issue.title } : {}) }
}

function summarize(file: string, { stamp, sketch, exact }: Row, language: string): IssueSummary {
  const slug = slugOf(file)
  const { title, period, draft } = sketch
  return {
    slug,
    file,
    // The mail's typography, as soon as it is known.
    title: (exact?.stamp === stamp ? exact.title : undefined) ?? title ?? slug,
    draft,
    ...(period ? { period: formatPeriod(period, sketch.language ?? language) } : {}),
    ...exact?.counts,
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
