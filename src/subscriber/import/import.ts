import { AppError, type Clock } from '../../base/index.ts'
import type { Database, Session } from '../../db/index.ts'
import { invalidCsv } from '../errors.ts'
import { readColumns } from './columns.ts'
import { type CsvReader, createCsvReader } from './csv-reader.ts'
import { decodeLines } from './decode.ts'
import { type MergeCounts, mergeStage } from './merge.ts'
import { createCounter, type ImportOptions, type ImportReport, type ProblemList } from './report.ts'
import { createRowReader, type RowResult } from './row.ts'
import { sniffShape } from './sniff.ts'
import { openStage, type Stage } from './stage.ts'

/**
 * Takes a list in, all valid rows in one transaction: read into TEMP tables first, so that the store is locked for the
 * merge alone, and a stopped or killed import leaves the old list. A trial does the same and takes it back.
 *
 * @throws AppError `subscriber/invalid-csv`, `subscriber/not-utf8`, `subscriber/missing-column`,
 * `subscriber/ambiguous-columns` when the file as a whole cannot be read; those of db/.
 */
export async function importCsv(db: Database, clock: Clock, options: ImportOptions): Promise<ImportReport> {
  const startedMs = performance.now()
  return await db.session(async (session) => {
    const stage = await openStage(session)
    try {
      const list = await readList(stage, clock.now(), options)
      const duplicate = createCounter()
      const kept = createCounter()
      const staged = await stage.finish(duplicate)
      const isAborted = options.signal?.aborted ?? false
      const merge = { now: clock.now(), fileName: options.fileName, staged, kept }
      const counts = isAborted ? { new: 0, changed: 0 } : await runMerge(session, merge, options.isDryRun)
      return {
        rows: list.rows,
        ...counts,
        unchanged: isAborted ? 0 : staged - counts.new - counts.changed - kept.count,
        kept: plain(kept),
        duplicate: plain(duplicate),
        invalid: plain(list.invalid),
        cleaned: plain(list.cleaned),
        remarks: list.remarks,
        isDryRun: options.isDryRun,
        isAborted,
        seconds: (performance.now() - startedMs) / 1000,
      }
    } finally {
      await stage.drop()
    }
  })
}

function plain({ count, rows }: ProblemList): ProblemList {
  return { count, rows }
}

/** Thrown to take a trial back; carries what it found. */
class Taken extends Error {
  readonly counts: MergeCounts

  constructor(counts: MergeCounts) {
    super('a trial is taken back')
    this.counts = counts
  }
}

async function runMerge(
  session: Session,
  merge: Parameters<typeof mergeStage>[1],
  isDryRun: boolean,
): Promise<MergeCounts> {
  try {
    return await session.transaction(async (tx) => {
      const counts = await mergeStage(tx, merge)
      if (isDryRun) throw new Taken(counts)
      return counts
    })
  } catch (error) {
    if (error instanceof Taken) return error.counts
    throw error
  }
}

interface List {
  readonly rows: number
  readonly invalid: ProblemList
  readonly cleaned: ProblemList
  readonly remarks: readonly string[]
}

async function readList(stage: Stage, now: Date, options: ImportOptions): Promise<List> {
  const { fileName, signal, onProgress } = options
  const taker = createTaker(stage, now, fileName)
  let reader: CsvReader | undefined
  for await (const { text, readBytes } of decodeLines(options.input, fileName)) {
    if (signal?.aborted) break
    reader ??= openReader(text, taker)
    reader.write(text)
    await stage.flush()
    onProgress?.({ rows: taker.list().rows, readBytes })
  }
  reader?.end()
  if (!taker.hasHeader() && !signal?.aborted) throw refuse(fileName, 'it is empty')
  return taker.list()
}

function openReader(beginning: string, taker: Taker): CsvReader {
  const { delimiter, isReturnOnly, hasSepLine } = sniffShape(beginning)
  let skip = hasSepLine
  const onRecord = (cells: string[], line: number) => {
    if (skip) skip = false
    else taker.take(cells, line)
  }
  const reader = createCsvReader({ delimiter, onRecord, onProblem: taker.fail })
  return isReturnOnly ? { ...reader, write: (piece) => reader.write(piece.replaceAll('\r', '\n')) } : reader
}

/** Sorts records into the stage and the report. */
interface Taker {
  readonly take: (cells: readonly string[], line: number) => void
  readonly fail: (line: number, reason: string) => void
  readonly hasHeader: () => boolean
  readonly list: () => List
}

function createTaker(stage: Stage, now: Date, fileName: string): Taker {
  const invalid = createCounter()
  const cleaned = createCounter()
  let remarks: readonly string[] = []
  let rows = 0
  let readRow: ((cells: readonly string[]) => RowResult) | undefined
  return {
    take: (cells, line) => {
      if (isBlank(cells)) return
      if (!readRow) {
        const columns = readColumns(cells, fileName)
        remarks = columns.remarks
        readRow = createRowReader(columns, now)
        return
      }
      rows++
      const result = readRow(cells)
      if ('reason' in result) return invalid.add(line, result.reason)
      if (result.cleaned !== undefined) cleaned.add(line, result.cleaned)
      stage.add(line, result.draft)
    },
    fail: (line, reason) => {
      if (!readRow) throw refuse(fileName, `its first line cannot be read: ${reason}`)
      rows++
      invalid.add(line, reason)
    },
    hasHeader: () => readRow !== undefined,
    list: () => ({ rows, invalid, cleaned, remarks }),
  }
}

function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') return false
  return true
}

function refuse(fileName: string, reason: string): AppError {
  return new AppError(invalidCsv.code, invalidCsv.message(fileName, reason), { kind: 'usage' })
}
