/** A row that was not taken, or something in the file to know about. */
export interface RowProblem {
  /** Line of the file on which the row begins, from 1. */
  readonly line: number
  readonly reason: string
}

/** Problems of one kind: all are counted, the first `MAX_LISTED` are listed. */
export interface ProblemList {
  readonly count: number
  /** In the order of the file. */
  readonly rows: readonly RowProblem[]
}

/** What an import did, or would do. `rows` = new + changed + unchanged + kept + duplicate + invalid. */
export interface ImportReport {
  readonly rows: number
  readonly new: number
  readonly changed: number
  readonly unchanged: number
  /** Readers who left, bounced, complained or are suppressed and would have been subscribed again: not touched. */
  readonly kept: ProblemList
  /** Addresses that stand in the file more than once; the first row counts, and the strongest status. */
  readonly duplicate: ProblemList
  readonly invalid: ProblemList
  /** Rows taken with a change: control characters and line breaks removed. */
  readonly cleaned: ProblemList
  /** About columns: left out, renamed. */
  readonly remarks: readonly string[]
  /** Nothing was written: a trial, or stopped by the signal. */
  readonly isDryRun: boolean
  readonly isAborted: boolean
  readonly seconds: number
}

/** A file of a million bad rows must not fill the memory. */
export const MAX_LISTED = 100_000

/** Collects problems of one kind. */
export interface ProblemCounter extends ProblemList {
  readonly add: (line: number, reason: string) => void
}

export function createCounter(): ProblemCounter {
  const rows: RowProblem[] = []
  let count = 0
  return {
    rows,
    get count() {
      return count
    },
    add: (line, reason) => {
      count++
      if (rows.length < MAX_LISTED) rows.push({ line, reason })
    },
  }
}

export interface ImportOptions {
  /** The bytes of the file. */
  readonly input: AsyncIterable<Uint8Array>
  /** For messages and the consent ledger: the file's name without its folder. */
  readonly fileName: string
  readonly isDryRun: boolean
  readonly signal?: AbortSignal
  /** Called after every few thousand rows. */
  readonly onProgress?: (progress: ImportProgress) => void
}

export interface ImportProgress {
  readonly rows: number
  readonly readBytes: number
}
