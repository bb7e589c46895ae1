import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type { App } from '../app.ts'
import type { Inspection } from '../inspect.ts'
import { assertOutFolder, assertReplaceable } from './build/target.ts'
import { type CommandContext, defineCommand, EXIT, textOption } from './command.ts'
import { explainFiles } from './files.ts'

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
    const given = textOption(options, 'out')
    const out = given === undefined ? join(context.root, 'dist') : resolve(context.cwd, given)
    const inspections = await app.inspect(names)
    const built = await buildAll(context, app, inspections, out)
    const { errors } = countProblems(inspections)
    await report(context, built, inspections, errors)
    return errors > 0 ? EXIT.content : EXIT.done
  },
})

async function buildAll(
  { cwd }: CommandContext,
  app: App,
  inspections: readonly Inspection[],
  out: string,
): Promise<BuiltIssue[]> {
  const built: BuiltIssue[] = []
  const describeRest = () => {
    const whole = built.flatMap(({ folder }) => folder ?? [])
    return whole.length === 0
      ? 'Nothing was written.'
      : `Written before that: ${whole.join(', ')}; the others were not.`
  }
  return await explainFiles(describeRest, async () => {
    assertTargets(app, inspections, out)
    for (const inspection of inspections) {
      const { folder, ...rest } = await buildIssue(app, inspection, out)
      built.push({ ...rest, ...(folder === undefined ? {} : { folder: shorten(cwd, folder) }) })
    }
    return built
  })
}

// As one would type it, unless that would go up.
function shorten(cwd: string, path: string): string {
  const short = relative(cwd, path)
  return short.startsWith('..') ? path : short
}

/** What `build` did with one issue. */
interface BuiltIssue {
  readonly file: string
  /** Relative to the current folder when it is inside, else absolute. Missing when the issue could not be rendered; nothing was written then. */
  readonly folder?: string
  readonly sizeBytes?: number
}

/**
 * Before anything is written.
 *
 * @param out - absolute path.
 * @throws AppError when a build would replace what this tool did not write.
 */
export function assertTargets(app: App, inspections: readonly Inspection[], out: string): void {
  assertOutFolder(app.root, out)
  for (const { issue, rendered } of inspections) if (issue && rendered) assertReplaceable(join(out, issue.slug))
}

/**
 * Writes the mail of one issue: into a folder beside the target first, so that the last good build stays whole until
 * the new one is.
 *
 * @param out - absolute path; `assertTargets` has passed it.
 */
export async function buildIssue(app: App, inspection: Inspection, out: string): Promise<BuiltIssue> {
  const { file, issue, rendered, sizeBytes } = inspection
  if (!issue || !rendered) return { file }
  const reader = app.listReaders()[0]
  const message = await app.compose(rendered, reader, 'sample')
  const copy = app.read(rendered, (image) => `images/${image.filename}`)
  const folder = join(out, issue.slug)
  const draft = join(dirname(folder), `.${issue.slug}.${process.pid}.tmp`)
  try {
    mkdirSync(draft, { recursive: true })
    writeFileSync(join(draft, 'index.html'), copy.html)
    writeFileSync(join(draft, 'index.txt'), copy.text)
    writeFileSync(join(draft, 'message.eml'), message.raw)
    writeFileSync(join(draft, 'issue.json'), writeIssueJson(issue))
    if (rendered.images.length > 0) mkdirSync(join(draft, 'images'))
    for (const image of rendered.images) copyFileSync(image.path, join(draft, 'images', image.filename))
    rmSync(folder, { recursive: true, force: true })
    renameSync(draft, folder)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    throw error
  }
  return { file, folder, ...(sizeBytes === undefined ? {} : { sizeBytes }) }
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
