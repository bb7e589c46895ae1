import { type Range, toLine } from '../../base/index.ts'
import { type IssueReport, listProblems, type Problem } from './report.ts'

/**
 * For GitHub Actions: one workflow command per problem, shown at its line in a pull request. What the author allowed
 * is left out.
 *
 * @returns lines with a final line feed; empty without problems.
 * @see docs.github.com, Workflow commands for GitHub Actions
 */
export function formatGithub(reports: readonly IssueReport[]): string {
  return reports
    .flatMap(listProblems)
    .filter((problem) => problem.allowed === undefined)
    .map((problem) => `${formatCommand(problem)}\n`)
    .join('')
}

function formatCommand({ severity, code, file, range, message, hint, excerpt }: Problem): string {
  const properties = [
    `file=${escapeProperty(file)}`,
    ...(range ? formatRange(range) : []),
    `title=${escapeProperty(code)}`,
  ]
  const found = !range && excerpt ? `Found: ${excerpt}` : ''
  const lines = [message, found, hint ?? ''].filter(Boolean).map(toLine)
  return `::${severity} ${properties.join(',')}::${escapeData(lines.join('\n'))}`
}

// The runner accepts columns only where a problem begins and ends on one line.
function formatRange({ start, end }: Range): string[] {
  if (end.line !== start.line) return [`line=${start.line}`, `endLine=${end.line}`]
  return [`line=${start.line}`, `col=${start.column}`, `endColumn=${end.column}`]
}

// Order matters: the per cent sign first, or the others would be escaped twice.
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
