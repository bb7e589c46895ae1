import { formatCodeFrame, type Paint, toLine } from '../../base/index.ts'
import { countProblems, type IssueReport, listProblems, type Problem, sourceOf } from './report.ts'

/**
 * For people: every problem with its place and a code frame, and one line that sums up.
 *
 * @returns lines with a final line feed.
 */
export function formatPretty(reports: readonly IssueReport[], paint: Paint): string {
  const problems = reports.flatMap((report) =>
    listProblems(report).map((problem) => formatProblem(problem, sourceOf(problem, report), paint)),
  )
  return [
    ...problems.map((lines) => `${lines}\n`),
    `${summarize(reports, paint)}\n${tellSkipped(reports, paint)}`,
  ].join('\n')
}

function tellSkipped(reports: readonly IssueReport[], paint: Paint): string {
  const isPartial = reports.some(({ issue, diagnostics }) => !issue && diagnostics.length > 0)
  return isPartial ? `${paint.dim('Checks ran only on what could be read.')}\n` : ''
}

/**
 * One problem.
 *
 * @param source - text of the file that it is in, for the code frame.
 * @returns lines without a final line feed.
 */
export function formatProblem(problem: Problem, source: string | undefined, paint: Paint): string {
  const code = toLine(problem.code)
  if (problem.allowed !== undefined) {
    return [
      paint.dim(`allowed ${code}  ${toLine(problem.message)}`),
      paint.dim(`  ${formatPlace(problem)}`),
      paint.dim(`  reason: ${toLine(problem.allowed)}`),
    ].join('\n')
  }
  const colour = problem.severity === 'error' ? paint.red : paint.yellow
  const lines = [
    `${colour(problem.severity)} ${paint.bold(code)}  ${toLine(problem.message)}`,
    `  ${paint.cyan(formatPlace(problem))}`,
  ]
  if (problem.range && source !== undefined) lines.push(indent(formatCodeFrame(problem, source, paint)))
  else if (problem.excerpt) lines.push(`  ${paint.dim('>')} ${toLine(problem.excerpt)}`)
  if (problem.hint) lines.push(`  ${paint.dim('hint:')} ${toLine(problem.hint)}`)
  if (problem.reference) lines.push(`  ${paint.dim('see:')} ${toLine(problem.reference)}`)
  return lines.join('\n')
}

const PART_NAMES = { html: 'HTML', text: 'text part', headers: 'headers', message: 'message' } as const

function formatPlace({ file, range, part, position }: Problem): string {
  const name = toLine(file)
  if (range) return `${name}:${range.start.line}:${range.start.column}`
  if (part === undefined) return name
  return `${name} (${PART_NAMES[part]}${position ? ` ${position.line}:${position.column}` : ''})`
}

function summarize(reports: readonly IssueReport[], paint: Paint): string {
  const { errors, warnings, allowed } = countProblems(reports)
  const issues = count(reports.length, 'issue')
  const accepted = allowed > 0 ? `; ${count(allowed, 'finding')} allowed` : ''
  if (errors + warnings === 0) return paint.green(`${issues}, no problems${accepted}.`)
  const colour = errors > 0 ? paint.red : paint.yellow
  const parts = [errors > 0 ? count(errors, 'error') : '', warnings > 0 ? count(warnings, 'warning') : ''].filter(
    Boolean,
  )
  return colour(`${parts.join(' and ')} in ${issues}${accepted}.`)
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
}
