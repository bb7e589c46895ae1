import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { AppError, packageRoot } from '../../base/index.ts'
import { type CommandContext, defineCommand, EXIT, type ExitCode, type OptionValues, textOption } from '../command.ts'
import { fileExists, invalidTemplateName } from '../errors.ts'
import { explainFiles, writeNewFile } from '../files.ts'
import { adaptSource } from './adapt-source.ts'

/** Files that a template may be copied from; confirmation and welcome are no templates of issues. */
const SOURCES = {
  digest: 'emails/digest.tsx',
  brief: 'emails/brief.tsx',
  classic: 'templates/classic.mjml',
  compact: 'templates/compact.mjml',
} as const

const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

export const newTemplate = defineCommand({
  name: 'new',
  arguments: '<name>',
  summary: 'start a template of your own from a built-in one',
  description:
    'Copies a built-in template into emails/ (digest, brief: React) or templates/ (classic, compact: MJML), with imports that work there. From then on the copy is yours: no update of Letterpress changes it.',
  options: [
    {
      flags: '--from <template>',
      summary: 'what to start from (default: digest)',
      choices: Object.keys(SOURCES),
    },
  ],
  examples: [
    { command: 'templates new my-letter', does: 'write emails/my-letter.tsx, a copy of digest' },
    { command: 'templates new my-letter --from compact', does: 'write templates/my-letter.mjml' },
  ],
  run: runNew,
})

async function runNew(
  context: CommandContext,
  [name = '']: readonly string[],
  options: OptionValues,
): Promise<ExitCode> {
  const from = textOption(options, 'from') ?? 'digest'
  if (!NAME.test(name)) {
    const { code, message, hint } = invalidTemplateName
    throw new AppError(code, message(name), { kind: 'usage', hint: hint() })
  }
  const file = await explainFiles(
    () => 'No template was written.',
    () => writeCopy(context.root, name, from as keyof typeof SOURCES),
  )
  if (context.json) context.terminal.out(JSON.stringify({ version: 1, name, from, file }))
  else {
    context.terminal.out(`Wrote ${file}, a copy of ${from}.`)
    context.terminal.note(`Next: \`template: ${name}\` in the front matter of an issue draws that issue with it,`)
    context.terminal.note(`\`template: '${name}'\` in letterpress.config.ts draws all; \`letterpress dev\` shows it.`)
  }
  return EXIT.done
}

/** @throws AppError `command/file-exists` */
function writeCopy(root: string, name: string, from: keyof typeof SOURCES): string {
  // A name stands for one template: a second file of it would never be used.
  for (const taken of [`emails/${name}.tsx`, `templates/${name}.mjml`]) {
    if (!existsSync(join(root, taken))) continue
    throw new AppError(fileExists.code, fileExists.message(taken), { kind: 'usage', hint: fileExists.hint() })
  }
  const source = SOURCES[from]
  const file = source.replace(/[^/]+(?=\.\w+$)/, name)
  const text = adaptSource(readFileSync(join(packageRoot, source), 'utf8'), from, name)
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeNewFile(join(root, file), text)
  return file
}
