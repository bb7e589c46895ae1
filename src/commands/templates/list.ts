import { relative, sep } from 'node:path'
import type { App } from '../../app.ts'
import { packageRoot } from '../../base/index.ts'
import type { TemplateFile } from '../../render/index.ts'
import { type CommandContext, defineCommand, EXIT, type ExitCode } from '../command.ts'

/** Issues of a template that are named; the others are counted. */
const SHOWN = 4

const ENGINES = { react: 'React', mjml: 'MJML' } as const

export const listTemplates = defineCommand({
  name: 'list',
  summary: 'show the templates and which issues use them',
  description:
    'Shows every template: its engine, its file, whether it is yours or built in, what it is for (the first sentence of the comment at its head) and the issues that are drawn with it.',
  options: [],
  examples: [
    { command: 'templates list', does: 'every template' },
    { command: 'templates list --json', does: 'the same for a program' },
  ],
  run: runList,
})

interface TemplateUse {
  readonly name: string
  readonly engine: TemplateFile['engine']
  /** Relative to the newsletter, or to Letterpress itself. */
  readonly file: string
  readonly from: 'newsletter' | 'letterpress'
  readonly summary: string
  /** Used by every issue that names none. */
  readonly isDefault: boolean
  /** Slugs. */
  readonly issues: readonly string[]
}

async function runList(context: CommandContext): Promise<ExitCode> {
  const { openApp } = await import('../../app.ts')
  const app = await openApp(context)
  const { readTemplateSummary } = await import('../../render/index.ts')
  const used = await readUses(app)
  const uses = app.listTemplates().map(
    (template): TemplateUse => ({
      name: template.name,
      engine: template.engine,
      ...placeFile(template.file, context.root),
      summary: readTemplateSummary(template),
      isDefault: template.name === app.config.template,
      issues: used.get(template.name) ?? [],
    }),
  )
  if (context.json) context.terminal.out(JSON.stringify({ version: 1, templates: uses }, null, 2))
  else printUses(context, uses)
  return EXIT.done
}

async function readUses(app: App): Promise<ReadonlyMap<string, readonly string[]>> {
  const results = await app.readIssues()
  const uses = new Map<string, string[]>()
  for (const { issue } of results) {
    if (!issue) continue
    const name = issue.template ?? app.config.template
    uses.set(name, [...(uses.get(name) ?? []), issue.slug])
  }
  return uses
}

function placeFile(file: string, root: string): Pick<TemplateUse, 'file' | 'from'> {
  const own = relative(root, file)
  const isOwn = root !== packageRoot && !own.startsWith('..')
  const path = isOwn ? own : relative(packageRoot, file)
  return { file: path.split(sep).join('/'), from: isOwn ? 'newsletter' : 'letterpress' }
}

function printUses({ terminal }: CommandContext, uses: readonly TemplateUse[]): void {
  const { bold, dim } = terminal.paint
  for (const { name, engine, file, from, summary, isDefault, issues } of uses) {
    const place = from === 'newsletter' ? 'yours' : 'built in'
    terminal.out(`${bold(name)}  ${ENGINES[engine]}, ${file}, ${place}${isDefault ? ', the default' : ''}`)
    if (summary !== '') terminal.out(`  ${summary}`)
    terminal.out(dim(`  ${describeIssues(issues)}`))
  }
  terminal.note('Start your own: `letterpress templates new NAME --from digest`')
}

function describeIssues(issues: readonly string[]): string {
  if (issues.length === 0) return 'no issue uses it'
  const shown = issues.slice(0, SHOWN).join(', ')
  const rest = issues.length - SHOWN
  const more = rest > 0 ? ` and ${rest} more` : ''
  return `${issues.length === 1 ? '1 issue' : `${issues.length} issues`}: ${shown}${more}`
}
