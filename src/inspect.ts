import { type Diagnostic, sortDiagnostics } from './base/index.ts'
import { type CheckOptionsInput, type Finding, measureAsSent, runChecks } from './check/index.ts'
import type { Issue, IssueResult } from './issue/index.ts'
import { fillSlots, type Rendered, type RenderOptions, renderIssue, type SlotValues } from './render/index.ts'

/** One issue file with everything that is known of it. */
export interface Inspection {
  /** Path relative to the root. */
  readonly file: string
  readonly source: string
  /** Missing when the file has errors. */
  readonly issue?: Issue
  readonly id?: string
  /** Missing when the issue has errors or its template fails. */
  readonly rendered?: Rendered
  readonly diagnostics: readonly Diagnostic[]
  readonly findings: readonly Finding[]
  /** Octets of the HTML part as sent; missing when there is none. */
  readonly sizeBytes?: number
}

/** What inspecting needs of the configuration. */
export interface InspectOptions {
  readonly render: RenderOptions
  readonly checks: CheckOptionsInput
  /** One reader's values, with links as long as real ones. */
  readonly sample: (rendered: Rendered) => SlotValues
}

/** Renders and checks an issue that was read. */
export async function inspectIssue(read: IssueResult, options: InspectOptions): Promise<Inspection> {
  const { file, source, issue } = read
  if (!issue) return { file, source, diagnostics: read.diagnostics, findings: [] }
  const { rendered, diagnostics } = await renderIssue(issue, options.render)
  const all = sortDiagnostics([...read.diagnostics, ...diagnostics])
  const known = { file, source, issue, id: issue.id, diagnostics: all }
  if (!rendered) return { ...known, findings: runChecks({ issue, source, diagnostics: all, config: options.checks }) }
  const sample = options.sample(rendered)
  return {
    ...known,
    rendered,
    findings: runChecks({ issue, source, diagnostics: all, rendered, sample, config: options.checks }),
    sizeBytes: measureAsSent(fillSlots(rendered.html, sample, 'html')),
  }
}
