import { z } from 'zod'
import { cutExcerpt, placeInRun } from '../html.ts'
import { listParts } from '../issue-tree.ts'
import { isFromIssue } from '../issue-words.ts'
import { placeText } from '../place-text.ts'
import { quote } from '../quote.ts'
import { defineRule } from '../rule.ts'

interface Mark {
  readonly name: string
  readonly pattern: RegExp
  readonly remedy: string
}

const EMPHASIS = 'Move blanks and quotation marks out of the stars: `**word**`, with no blank inside.'

const IN_TEMPLATE = 'It comes from the template or the configuration, which take no Markdown: write it as HTML there.'

/** What prose does not have; every pattern is linear. */
const MARKS: readonly Mark[] = [
  // Neither `2**8` nor `f(**kwargs)`.
  {
    name: 'bold text',
    pattern: /(?<![A-Za-z0-9_*([{,=])\*\*(?=[^*\n]{0,100}\p{L})[^*\n]{1,100}\*\*(?!\*)/u,
    remedy: EMPHASIS,
  },
  // Names of Python with two underscores on both sides are names, and in lower case.
  {
    name: 'bold text',
    pattern: /(?<![\w/.])__(?![a-z]+(?:_[a-z]+)*__)[^\s_](?:[^_\n]{0,100}[^\s_])?__(?!\w)/u,
    remedy: EMPHASIS,
  },
  {
    name: 'a link',
    // An address in it became a link by itself, and the text ends before it.
    pattern: /\]\((?:https?:\/\/|mailto:|www\.|#|$)/i,
    remedy: 'A link is `[words](https://…)`: no blank between the brackets, none in the address.',
  },
  {
    name: 'a heading',
    pattern: /^#{1,6}[ \t]+\p{L}[^\s]{0,30}/mu,
    remedy: 'Put the heading at the beginning of a line, with an empty line before it.',
  },
  {
    name: 'a table',
    // Three hyphens read as a dash.
    pattern: /\|[ \t]*:?(?:-{3}|—)[-–—]{0,100}:?[ \t]*\|/,
    remedy: 'Give every row of the table the same number of cells, with an empty line before the first.',
  },
  {
    name: 'a block of code',
    pattern: /`{3}/,
    remedy: 'Put ```` ``` ```` on lines of their own, before and after the code.',
  },
]

/** What each of the above holds: a cheap first look. */
const CANDIDATE = /\*\*|__|\]\(|#|---|—|`{3}/

export const markdownResidue = defineRule({
  id: 'markdown-residue',
  severity: 'warning',
  needs: 'issue',
  summary: 'Markdown that stayed in the text',
  why: 'Where Markdown does not take a mark for one, readers see it as it stands: `** word**` with a blank inside, a link with a blank between its brackets, a table whose rows differ, or Markdown in a place that takes none. A lone `*` or `_`, code, powers such as 2**8 and names such as `__init__` are left alone.',
  remedy: 'Correct the mark, or set it in backquotes when it is code.',
  reference: 'CommonMark 0.31, §6.2 (emphasis), §6.3 (links), §4.2 (headings); GFM §4.10 (tables)',
  bad: 'The ** best ** paper of the week.',
  good: 'The **best** paper of the week.',
  saidBy: ['issue/stray-markup', 'issue/malformed-block', 'issue/raw-html', 'issue/forbidden-link'],
  options: z.strictObject({}),
  check({ issue, source, html, report }) {
    for (const text of listParts(issue).texts) {
      for (const { value, index, message, remedy } of findMarks(text.value)) {
        const range = placeText(text, index, value.length, source)
        report({ message, remedy, range, excerpt: cutExcerpt(text.value.slice(Math.max(0, index - 30))) })
      }
    }
    if (!html) return
    for (const run of html.runs) {
      const indent = run.value.length - run.value.trimStart().length
      for (const { value, index, message } of findMarks(run.value.trimStart())) {
        if (!isFromIssue(issue, value))
          report({ message, remedy: IN_TEMPLATE, ...placeInRun(html, run, indent + index) })
      }
    }
  },
})

interface FoundMark {
  readonly value: string
  readonly index: number
  readonly message: string
  readonly remedy: string
}

// The first of each kind.
function findMarks(text: string): FoundMark[] {
  if (!CANDIDATE.test(text)) return []
  return MARKS.flatMap(({ name, pattern, remedy }) => {
    const found = pattern.exec(text)
    if (!found) return []
    const value = found[0].trimEnd()
    const message = `The text holds ${quote(value.trim(), 40)}, the mark of ${name}, which readers see as it stands.`
    return [{ value, index: found.index, message, remedy }]
  })
}
