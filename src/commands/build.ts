import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { App } from '../app.ts'
import type { Inspection } from '../inspect.ts'
import { type CommandContext, defineCommand, EXIT, textOption } from './command.ts'

export const build = defineCommand({
  name: 'build',
  arguments: '[issue...]',
  summary: 'write the mail of an issue to files',
  description:
    'Writes dist/<slug>/ with index.html, index.txt, message.eml (a complete message as a sample reader would get it) and issue.json, for the named issues or all. An issue that cannot be rendered is not written.',
  options: [{ flags: '--out <folder>', summary: 'where to write (default: dist)' }],
  examples: [
    { command: 'build', does: 'build every issue into dist/' },
    { command: 'build 2024-w11-llm-papers --out preview', does: 'build one elsewhere' },
  ],
  run: async (context, names, options) => {
    const [{ openApp }, { countProblems }] = await Promise.all([import('../app.ts'), import('../check/index.ts')])
    const app = await openApp(context)
    const inspections = await app.inspect(names)
    const built: BuiltIssue[] = []
    for (const inspection of inspections)
      built.push(await buildIssue(app, inspection, textOption(options, 'out') ?? 'dist'))
    const { errors } = countProblems(inspections)
    await report(context, built, inspections, errors)
    return errors > 0 ? EXIT.content : EXIT.done
  },
})

/** What `build` did with one issue. */
interface BuiltIssue {
  readonly file: string
  /** Missing when the issue could not be rendered; nothing was written then. */
  readonly folder?: string
  readonly sizeBytes?: number
}

/**
 * Writes the mail of one issue: into a folder beside the target first, so that the last good build stays whole until
 * the new one is.
 *
 * @param out - relative to the root.
 */
export async function buildIssue(app: App, inspection: Inspection, out: string): Promise<BuiltIssue> {
  const { file, issue, rendered, sizeBytes } = inspection
  if (!issue || !rendered) return { file }
  const reader = app.listReaders()[0]
  const message = await app.compose(rendered, reader, 'sample')
  const copy = app.read(rendered, (image) => `images/${image.filename}`)
  const folder = join(resolve(app.root, out), issue.slug)
  const draft = join(dirname(folder), `.${issue.slug}.${process.pid}.tmp`)
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true })
  writeFileSync(join(draft, 'index.html'), copy.html)
  writeFileSync(join(draft, 'index.txt'), copy.text)
  writeFileSync(join(draft, 'message.eml'), message.raw)
  writeFileSync(join(draft, 'issue.json'), writeIssueJson(issue))
  for (const image of rendered.images) cpSync(image.path, join(draft, 'images', image.filename))
  rmSync(folder, { recursive: true, force: true })
  renameSync(draft, folder)
  return { file, folder: join(out, issue.slug), ...(sizeBytes === undefined ? {} : { sizeBytes }) }
}

// Places are of use to programs beside the file only, and would make two thirds of the bytes.
function writeIssueJson(issue: object): string {
  return `${JSON.stringify(issue, (key, value: unknown) => (key === 'range' || key === 'places' ? undefined : value), 2)}\n`
}

async function report(
  { json, terminal }: CommandContext,
  built: readonly BuiltIssue[],
  inspections: readonly Inspection[],
  errors: number,
): Promise<void> {
  if (json) {
    terminal.out(JSON.stringify({ version: 1, issues: built, errors }, null, 2))
    return
  }
  for (const { file, folder, sizeBytes } of built) {
    const result = folder
      ? `${folder}/  ${terminal.paint.dim(`${((sizeBytes ?? 0) / 1000).toFixed(1)} kB`)}`
      : terminal.paint.red('not written')
    terminal.out(`${file}  ${result}`)
  }
  if (errors === 0) return
  const { formatPretty } = await import('../check/index.ts')
  terminal.err(`\n${formatPretty(inspections, terminal.errPaint).trimEnd()}`)
}
