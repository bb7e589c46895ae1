import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Diagnostic, sortDiagnostics } from './base/index.ts'
import { type CheckOptionsInput, type Finding, measureAsSent, type NewsletterFacts, runChecks } from './check/index.ts'
import type { Issue, IssueResult } from './issue/index.ts'
import type { Message } from './message/index.ts'
import { fillSlots, type Rendered, type RenderOptions, renderIssue, type SlotValues } from './render/index.ts'

/** One issue file with everything that is known of it. */
export interface Inspection {
  /** Path relative to the root. */
  readonly file: string
  readonly source: string
  /** Texts of the other files that diagnostics name, by path: templates, blocks, the theme. */
  readonly sources?: Readonly<Record<string, string>>
  /** Missing when the file has errors. */
  readonly issue?: Issue
  readonly id?: string
  /** Missing when the issue has errors or its template fails. */
  readonly rendered?: Rendered
  /** The HTML as checks saw it; their places lie in it. */
  readonly html?: string
  readonly diagnostics: readonly Diagnostic[]
  readonly findings: readonly Finding[]
  /** Octets of the HTML part as sent; missing when there is none. */
  readonly sizeBytes?: number
}

/** What inspecting needs of the configuration. */
export interface InspectOptions {
  readonly render: RenderOptions
  readonly checks: CheckOptionsInput
  readonly newsletter: NewsletterFacts
  /** One reader's values, with links as long as real ones. */
  readonly sample: (rendered: Rendered) => SlotValues
  /** The message of that reader. */
  readonly compose: (rendered: Rendered) => Message | Promise<Message>
}

/** Renders and checks an issue that was read. */
export async function inspectIssue(read: IssueResult, options: InspectOptions): Promise<Inspection> {
  const { file, source, issue } = read
  if (!issue) return { file, source, diagnostics: read.diagnostics, findings: [] }
  const { rendered, diagnostics } = await renderIssue(issue, options.render)
  const all = sortDiagnostics([...read.diagnostics, ...diagnostics])
  const sources = readOthers(all, file, options.render.sources.root)
  const known = { file, source, sources, issue, id: issue.id, diagnostics: all }
  const input = { issue, source, newsletter: options.newsletter, diagnostics: all, config: options.checks }
  if (!rendered) return { ...known, findings: runChecks(input) }
  const sample = options.sample(rendered)
  const html = fillSlots(rendered.html, sample, 'html')
  return {
    ...known,
    rendered,
    html,
    findings: runChecks({ ...input, rendered, sample, message: await options.compose(rendered) }),
    sizeBytes: measureAsSent(html),
  }
}

// For code frames, at once: the file may be mended by the time that they are drawn.
function readOthers(diagnostics: readonly Diagnostic[], own: string, root: string): Record<string, string> {
  const files = new Set(diagnostics.flatMap(({ file, range }) => (range && file !== own ? [file] : [])))
  const read = (file: string): [string, string][] => {
    try {
      return [[file, readFileSync(resolve(root, file), 'utf8')]]
    } catch {
      return []
    }
  }
  return Object.fromEntries(Array.from(files, read).flat())
}
