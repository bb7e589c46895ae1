import type { Paint } from '../../base/index.ts'
import type { ImportReport, ProblemList } from '../../subscriber/index.ts'

/** Problems of a kind that are shown; `--json` has them all. */
const SHOWN = 20

/** What an import did, for people. */
export function formatReport(report: ImportReport, name: string, paint: Paint): string {
  if (report.isAborted) return `Stopped after ${report.rows} rows of ${name}. Nothing was changed.`
  const counts: readonly (readonly [number, string, string])[] = [
    [report.new, 'new', ''],
    [report.changed, 'changed', ''],
    [report.unchanged, 'unchanged', ''],
    [report.kept.count, 'kept', 'left, bounced, complained or suppressed: not subscribed again'],
    [report.duplicate.count, 'duplicate', 'the first row of an address counts, and its strongest status'],
    [report.invalid.count, 'invalid', 'not taken'],
  ]
  const width = String(report.rows).length
  const rate =
    report.seconds >= 1 ? ` in ${report.seconds.toFixed(1)} s (${Math.round(report.rows / report.seconds)} rows/s)` : ''
  return [
    `${paint.bold(name)}: ${report.rows} rows${rate}`,
    ...counts
      .filter(([count], index) => index === 0 || count > 0)
      .map(([count, word, why]) =>
        `  ${String(count).padStart(width)} ${word.padEnd(9)}${why && `  ${paint.dim(why)}`}`.trimEnd(),
      ),
    ...report.remarks.map((remark) => `  ${paint.yellow('!')} ${remark}`),
    ...listProblems('Not taken', report.invalid, paint.red),
    ...listProblems('Kept as they are', report.kept, paint.yellow),
    ...listProblems('There before', report.duplicate, paint.yellow),
    ...listProblems('Taken, but changed', report.cleaned, paint.yellow),
    ...(report.isDryRun ? [paint.dim('A trial: nothing was written.')] : []),
  ].join('\n')
}

function listProblems(title: string, { count, rows }: ProblemList, colour: (text: string) => string): string[] {
  if (count === 0) return []
  const more = count - Math.min(count, SHOWN)
  return [
    `${colour(title)}:`,
    ...rows.slice(0, SHOWN).map(({ line, reason }) => `  line ${line}: ${reason}`),
    ...(more > 0 ? [`  … and ${more} more (--json lists them)`] : []),
  ]
}

/** The same for programs. */
export function reportToJson(report: ImportReport, file: string): Record<string, unknown> {
  const { kept, duplicate, invalid, cleaned, isDryRun, isAborted, ...rest } = report
  const kinds = { invalid, kept, duplicate, cleaned }
  return {
    version: 1,
    file,
    dryRun: isDryRun,
    aborted: isAborted,
    ...rest,
    ...Object.fromEntries(Object.entries(kinds).map(([kind, list]) => [kind, list.count])),
    problems: Object.entries(kinds)
      .flatMap(([kind, list]) => list.rows.map(({ line, reason }) => ({ line, kind, reason })))
      .toSorted((a, b) => a.line - b.line),
  }
}
