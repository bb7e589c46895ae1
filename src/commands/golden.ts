import { createTwoFilesPatch } from 'diff'
import type { App } from '../app.ts'
import { type GoldenFile, isKept, keepGolden, listGolden } from '../golden.ts'
import type { Inspection } from '../inspect.ts'
import { slugOf } from '../issue/index.ts'
import { type CommandContext, defineCommand, EXIT, type ExitCode } from './command.ts'
import { explainFiles } from './files.ts'

/** Lines of a difference that are shown; the rest is counted. */
const MAX_LINES = 60

export const golden = defineCommand({
  name: 'golden',
  arguments: '[issue...]',
  summary: 'keep the mails you have looked at, and see what changes them',
  description:
    'Compares the mail of every reader in readers.yaml with the one kept in golden/, for the named issues or all that are kept there, and shows the differences. With --update it keeps what there is now. Put golden/ under version control: a change of a template then shows what it does to every mail.',
  options: [{ flags: '--update', summary: 'keep the mails as they are now' }],
  examples: [
    { command: 'golden 2024-w11-llm-papers --update', does: 'keep the mails of an issue' },
    { command: 'golden', does: 'compare all that are kept; exit code 1 when one differs' },
  ],
  run: async (context, names, options) => {
    const { openApp } = await import('../app.ts')
    const app = await openApp(context)
    const inspections = await app.inspect(names)
    const chosen = names.length > 0 ? inspections : inspections.filter(({ file }) => isKept(app, slugOf(file)))
    if (chosen.length === 0) return tellNone(context)
    return options['update'] === true ? await update(context, app, chosen) : compareAll(context, app, chosen)
  },
})

function tellNone({ json, terminal }: CommandContext): ExitCode {
  if (json) terminal.out(JSON.stringify({ version: 1, files: [] }))
  else terminal.out('No mail is kept yet. `letterpress golden ISSUE --update` keeps those of an issue.')
  return EXIT.done
}

async function update(context: CommandContext, app: App, inspections: readonly Inspection[]): Promise<ExitCode> {
  const { terminal, json } = context
  const broken = inspections.filter(({ rendered }) => !rendered)
  const written: string[] = []
  const rest = () => (written.length === 0 ? 'Nothing was written.' : `Written before that: ${written.join(', ')}.`)
  await explainFiles(rest, () => {
    for (const inspection of inspections) {
      const files = listGolden(app, inspection)
      if (files.length === 0) continue
      keepGolden(app, slugOf(inspection.file), files)
      written.push(...files.map(({ path }) => path))
    }
  })
  if (json) terminal.out(JSON.stringify({ version: 1, written, broken: broken.map(({ file }) => file) }))
  else {
    for (const path of written) terminal.out(`${terminal.paint.green('kept')}  ${path}`)
    for (const { file } of broken) terminal.out(tellBroken(context, file))
  }
  return broken.length > 0 ? EXIT.content : EXIT.done
}

function compareAll(context: CommandContext, app: App, inspections: readonly Inspection[]): ExitCode {
  const { terminal, json } = context
  const files = inspections.flatMap((inspection) => listGolden(app, inspection))
  const broken = inspections.filter(({ rendered }) => !rendered)
  const changed = files.filter(({ kept, now }) => kept !== now)
  if (json) {
    const list = files.map((file) => ({ path: file.path, state: stateOf(file), diff: writePatch(file) }))
    terminal.out(JSON.stringify({ version: 1, files: list, broken: broken.map(({ file }) => file) }))
  } else {
    for (const file of changed) terminal.out(showChange(context, file))
    for (const { file } of broken) terminal.out(tellBroken(context, file))
    terminal.out(summarize(context, files.length, changed.length))
  }
  return changed.length + broken.length > 0 ? EXIT.content : EXIT.done
}

function stateOf({ kept, now }: GoldenFile): 'same' | 'changed' | 'new' {
  if (kept === undefined) return 'new'
  return kept === now ? 'same' : 'changed'
}

function writePatch({ path, kept = '', now }: GoldenFile): string {
  return kept === now ? '' : createTwoFilesPatch(`kept/${path}`, `now/${path}`, kept, now, '', '', { context: 2 })
}

function showChange({ terminal: { paint } }: CommandContext, file: GoldenFile): string {
  if (file.kept === undefined) return `${paint.yellow('new')}      ${file.path}: nothing is kept for it yet`
  // The first line only rules off.
  const [, ...lines] = writePatch(file).trimEnd().split('\n')
  const shown = lines.slice(0, MAX_LINES).map((line) => {
    if (line.startsWith('+')) return paint.green(line)
    return line.startsWith('-') ? paint.red(line) : line
  })
  const more = lines.length - shown.length
  return [...shown, ...(more > 0 ? [paint.dim(`… ${more} more lines; --json has them all`)] : []), ''].join('\n')
}

function tellBroken({ terminal: { paint } }: CommandContext, file: string): string {
  return `${paint.red('broken')}   ${file} cannot be rendered; \`letterpress check\` says why. What is kept of it stays.`
}

function summarize({ terminal: { paint } }: CommandContext, count: number, changed: number): string {
  if (changed === 0) return paint.green(`${count} ${count === 1 ? 'mail' : 'mails'} as kept.`)
  return paint.yellow(`${changed} of ${count} differ. When that is meant, \`letterpress golden --update\` keeps them.`)
}
