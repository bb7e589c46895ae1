import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { addWeek, AppError, weekOf } from '../base/index.ts'
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

function writeNext(context: CommandContext, given: string | undefined): { slug: string; file: string; week: string } {
  const folder = join(context.root, 'issues')
  const known = listIssueFiles(folder)
  const week = chooseWeek(known, context)
  const slug = given ?? week.toLowerCase()
  if (!/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,99}$/u.test(slug)) {
    throw new AppError(invalidSlug.code, invalidSlug.message(slug), { kind: 'usage', hint: invalidSlug.hint() })
  }
  const other = known.find((name) => basename(name, extname(name)) === slug)
  if (other !== undefined) {
    throw new AppError(fileExists.code, fileExists.message(join('issues', other)), {
      kind: 'usage',
      hint: fileExists.hint(),
    })
  }
  const file = join('issues', `${slug}.md`)
  mkdirSync(folder, { recursive: true })
  writeNewFile(join(context.root, file), writeIssue(week, nextNumber(folder, known)))
  return { slug, file, week }
}

function listIssueFiles(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => /\.(?:md|ya?ml|json)$/.test(name)) : []
}

// The name tells the week; reading every issue for it would let one broken file stand in the way of a new one.
function chooseWeek(known: readonly string[], { clock }: CommandContext): string {
  let day = clock.now()
  while (known.some((name) => name.startsWith(weekOf(day).toLowerCase()))) day = addWeek(day)
  return weekOf(day)
}

function nextNumber(folder: string, known: readonly string[]): number {
  const numbers = known.map((name) =>
    Number(/^number:\s*(\d{1,6})\s*$/m.exec(readFileSync(join(folder, name), 'utf8'))?.[1] ?? 0),
  )
  return Math.max(0, ...numbers) + 1
}

function writeIssue(week: string, number: number): string {
  return `---
title: The title of this issue
subtitle: One line that says who it is for
number: ${number}
week: ${week}
subject: What readers see first in their inbox
preheader: The line after the subject, with what the subject has no room for
draft: true
---
Hello {{ subscriber.name | default: "there" }},

say in two or three sentences what this issue is about.

::toc

## First section

### [Title of the first entry](https://example.com/first)

What it is, and why it matters to your readers.

### [Title of the second entry](https://example.com/second)

What it is, and why it matters to your readers.

---
Until next week.
`
}
