import { countProblems, type IssueReport } from './report.ts'

/**
 * For programs: one document with every diagnostic and finding. `id` and `sizeBytes` are null when the issue could
 * not be read or built.
 *
 * @returns JSON with a final line feed.
 */
export function formatJson(reports: readonly IssueReport[]): string {
  const issues = reports.map((report) => {
    const { errors, warnings } = countProblems([report])
    const { file, issue, diagnostics, findings, sizeBytes = null } = report
    return { file, id: issue?.id ?? null, errors, warnings, diagnostics, findings, sizeBytes }
  })
  const { errors, warnings } = countProblems(reports)
  return `${JSON.stringify({ version: 1, issues, errors, warnings }, null, 2)}\n`
}
