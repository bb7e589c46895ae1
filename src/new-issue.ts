import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { addWeek, type Clock, weekOf } from './base/index.ts'

/** A file that is not written yet. */
export interface IssueDraft {
  readonly slug: string
  /** Relative to the root. */
  readonly file: string
  readonly week: string
  readonly text: string
}

/** What a new issue is to be. */
export interface DraftWish {
  /** ISO 8601, `2026-W48`; missing: this week, or the next that has no issue. */
  readonly week?: string
  /** Missing: the week. */
  readonly slug?: string
  readonly title?: string
}

const USUAL_TITLE = 'The title of this issue'

/**
 * Plans the issue of this week, or of the next one when this week has its issue already.
 *
 * @param root - absolute path of the newsletter.
 * @returns why not, when the slug is none or taken.
 */
export function draftIssue(
  root: string,
  clock: Clock,
  wish: DraftWish,
):
  | IssueDraft
  | { readonly problem: 'invalid-slug'; readonly slug: string }
  | { readonly problem: 'exists'; readonly file: string } {
  const folder = join(root, 'issues')
  const known = listIssueFiles(folder)
  const week = wish.week ?? chooseWeek(known, clock)
  const slug = wish.slug ?? week.toLowerCase()
  if (!/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,99}$/u.test(slug)) return { problem: 'invalid-slug', slug }
  const other = known.find((name) => basename(name, extname(name)).toLowerCase() === slug.toLowerCase())
  if (other !== undefined) return { problem: 'exists', file: join('issues', other) }
  const text = writeIssue(week, nextNumber(folder, known), wish.title ?? USUAL_TITLE)
  return { slug, file: join('issues', `${slug}.md`), week, text }
}

function listIssueFiles(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => /\.(?:md|ya?ml|json)$/.test(name)) : []
}

// The name tells the week; reading every issue for it would let one broken file stand in the way of a new one.
function chooseWeek(known: readonly string[], clock: Clock): string {
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

function writeIssue(week: string, number: number, title: string): string {
  return `---
title: ${quoteYaml(title)}
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

// A colon, a hash or a quote would mean something to YAML; JSON's strings are YAML's as well.
function quoteYaml(text: string): string {
  return /^[\p{L}\p{N}][\p{L}\p{N} ,.()-]*$/u.test(text) &&
    !/^(?:true|false|null|yes|no|on|off|\d[\d.,-]*)$/i.test(text)
    ? text.trimEnd()
    : JSON.stringify(text)
}
