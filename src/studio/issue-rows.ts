import { statSync } from 'node:fs'
import { join } from 'node:path'
import { countProblems } from '../check/index.ts'
import type { Inspection } from '../inspect.ts'
import { findIssues, type IssueSketch, sketchIssue, slugOf } from '../issue/index.ts'
import type { IssueState, IssueSummary } from '../preview/index.ts'
import { formatPeriod } from '../render/index.ts'
import type { Ledger } from './ledger.ts'
import type { Measured, RowCache } from './row-cache.ts'

/** Rows of the list of issues: from the heads of the files at first, exact once an issue was read as a whole. */
export interface IssueRows {
  /** Newest period first. @param language - of the newsletter. */
  list(language: string, ledger: Ledger): IssueSummary[]
  /** Changes with the file; undefined when there is none. */
  readStamp(file: string): string | undefined
  /** @param stamp - of the file before it was read. */
  record(inspection: Inspection, stamp: string): void
  /** Takes what is known from before for a file that is as it was then. @returns false when it must be read. */
  recall(file: string): boolean
  /** Counts are not true any more, but better than none. */
  outdate(): void
  /** Files whose rows are not exact. */
  readonly findInexact: () => string[]
}

interface Row {
  readonly stamp: string
  readonly sketch: IssueSketch
  readonly exact?: Exact
}

interface Exact {
  readonly stamp: string
  readonly isOutdated: boolean
  readonly measured: Measured
}

/** @param root - absolute path of the newsletter. */
export function createIssueRows(root: string, cache: RowCache): IssueRows {
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
    list: (language, ledger) =>
      lookAtAll()
        .toSorted((a, b) => compare(b.row.sketch.period?.from ?? '', a.row.sketch.period?.from ?? ''))
        .map(({ file, row }) => summarize({ file, row, ledger }, language)),
    record(inspection, stamp) {
      const row = look(inspection.file)
      const measured = measure(inspection)
      if (row) rows.set(inspection.file, { ...row, exact: { stamp, isOutdated: false, measured } })
      // While it was read it may have changed again.
      if (row?.stamp === stamp)
        cache.keep(inspection.file, measured, inspection.rendered?.images.map(({ path }) => path) ?? [])
    },
    recall(file) {
      const row = look(file)
      const measured = row && cache.find(file)
      if (measured) rows.set(file, { ...row, exact: { stamp: row.stamp, isOutdated: false, measured } })
      return measured !== undefined
    },
    outdate() {
      for (const [file, row] of rows)
        if (row.exact) rows.set(file, { ...row, exact: { ...row.exact, isOutdated: true } })
    },
    findInexact: () => lookAtAll().flatMap(({ file, row }) => (isExact(row) ? [] : [file])),
  }
}

function measure(inspection: Inspection): Measured {
  const { errors, warnings } = countProblems([inspection])
  const { issue, sizeBytes, rendered, id } = inspection
  return {
    errors,
    warnings,
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
    ...(issue ? { title: issue.title } : {}),
    ...(id === undefined ? {} : { id }),
    ...(rendered ? { hash: rendered.hash } : {}),
  }
}

interface Known {
  readonly file: string
  readonly row: Row
  readonly ledger: Ledger
}

function summarize({ file, row, ledger }: Known, language: string): IssueSummary {
  const { stamp, sketch, exact } = row
  const slug = slugOf(file)
  const { title, period, draft, number } = sketch
  const { errors, warnings, sizeBytes } = exact?.measured ?? {}
  return {
    slug,
    file,
    // The mail's typography, as soon as it is known.
    title: (exact?.stamp === stamp ? exact.measured.title : undefined) ?? title ?? slug,
    draft,
    ...(period ? { period: formatPeriod(period, sketch.language ?? language), date: period.from } : {}),
    ...(number === undefined ? {} : { number }),
    ...tellState({ file, row, ledger }),
    ...(errors === undefined ? {} : { errors }),
    ...(warnings === undefined ? {} : { warnings }),
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
  }
}

function tellState({ file, row, ledger }: Known): { readonly state?: IssueState; readonly isRehearsal?: boolean } {
  const { stamp, sketch, exact } = row
  const run = ledger.runs.get(exact?.measured.id ?? sketch.id ?? slugOf(file))
  if (run) return { state: run.state, ...(run.isRehearsal ? { isRehearsal: true } : {}) }
  if (sketch.draft || ledger.tested.size === 0) return { state: 'draft' }
  // Whether this very content was tested only reading it tells.
  if (exact?.stamp !== stamp || exact.isOutdated) return {}
  return { state: ledger.tested.has(exact.measured.hash ?? '') ? 'tested' : 'draft' }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
