import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../base/index.ts'
import { draftIssue, type IssueDraft } from '../new-issue.ts'
import { type CommandContext, defineCommand, EXIT } from './command.ts'
import { fileExists, invalidSlug } from './errors.ts'
import { explainFiles, writeNewFile } from './files.ts'

export const newIssue = defineCommand({
  name: 'new',
  arguments: '[slug]',
  summary: 'start the issue of this week',
  description: 'Writes issues/<slug>.md for this ISO week, or for the next one when this week has its issue already.',
  options: [],
  examples: [
    { command: 'new', does: 'write issues/2026-w48.md' },
    { command: 'new 2026-w48-reading-list', does: 'under a name of your own' },
  ],
  run: async (context, [given]) => {
    const { slug, file, week } = await explainFiles(
      () => 'No issue was written.',
      () => writeNext(context, given),
    )
    if (context.json) context.terminal.out(JSON.stringify({ version: 1, file, week }))
    else {
      context.terminal.out(`Wrote ${file} for ${week}.`)
      context.terminal.note(`Next: write it, then \`letterpress check ${slug}\`.`)
    }
    return EXIT.done
  },
})

function writeNext({ root, clock }: CommandContext, given: string | undefined): IssueDraft {
  const draft = draftIssue(root, clock, given === undefined ? {} : { slug: given })
  if (!('problem' in draft)) {
    mkdirSync(join(root, 'issues'), { recursive: true })
    writeNewFile(join(root, draft.file), draft.text)
    return draft
  }
  if (draft.problem === 'invalid-slug') {
    const { code, message, hint } = invalidSlug
    throw new AppError(code, message(draft.slug), { kind: 'usage', hint: hint() })
  }
  throw new AppError(fileExists.code, fileExists.message(draft.file), { kind: 'usage', hint: fileExists.hint() })
}
