import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Diagnostic, sortDiagnostics } from './base/index.ts'
import {
  askPages,
  type CheckInput,
  type CheckOptionsInput,
  type Finding,
  measureAsSent,
  type NewsletterFacts,
  type OnlineOptions,
  runChecks,
} from './check/index.ts'
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
  /** What linked pages answered. */
  readonly pages?: NonNullable<CheckInput['pages']>
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
    findings: runChecks({
      ...input,
      rendered,
      sample,
      message: await options.compose(rendered),
      ...(options.pages && { pages: options.pages }),
    }),
    sizeBytes: measureAsSent(html),
  }
}

/** The same for several, and asks every page that they link to whether it is there. */
export async function inspectOnline(
  reads: readonly IssueResult[],
  options: InspectOptions,
  online: OnlineOptions,
): Promise<Inspection[]> {
  const offline = await Promise.all(reads.map(async (read) => await inspectIssue(read, options)))
  const mails = offline.flatMap(({ issue, rendered }) => (issue && rendered ? [{ issue, rendered }] : []))
  const pages = await askPages(mails, options.newsletter, online)
  return await Promise.all(reads.map(async (read) => await inspectIssue(read, { ...options, pages })))
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
