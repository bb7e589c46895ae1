import type { Diagnostic } from '../../../src/base/index.ts'
import type { Finding, IssueReport } from '../../../src/check/index.ts'
import { rangeOf } from '../make.ts'

const SOURCE = '---\ntitle: Week 11\n---\n\nSee [it](https://bit.ly/1).\n\n![](a.png)\n\n::promp{name="ebook"}\n'

const diagnostic: Diagnostic = {
  code: 'issue/unknown-block',
  severity: 'error',
  message: 'No block is named "promp". Did you mean "promo"?',
  hint: 'Blocks are toc and promo; see docs/blocks.md.',
  file: 'issues/week-11.md',
  range: rangeOf(SOURCE, '::promp'),
}

const imageFinding: Finding = {
  rule: 'image-alt',
  severity: 'warning',
  message: 'This image has no alternative text.',
  remedy: 'Say what the image shows.',
  reference: 'WCAG 2.2, 1.1.1',
  file: 'issues/week-11.md',
  range: rangeOf(SOURCE, '![](a.png)'),
}

const htmlFinding: Finding = {
  ...imageFinding,
  severity: 'error',
  message: 'The image "logo.png" has no `alt` in the built HTML.',
  part: 'html',
  position: { line: 12, column: 34, offset: 800 },
  excerpt: '<img src="logo.png">',
}

const allowedFinding: Finding = {
  ...imageFinding,
  rule: 'link-shortener',
  message: 'The link "https://bit.ly/1" is shortened by bit.ly and hides where it leads.',
  range: rangeOf(SOURCE, '[it]'),
  allowed: 'Our sponsor insists.',
}

const { range: _, ...unplaced } = htmlFinding

export const REPORTS: readonly IssueReport[] = [
  {
    file: 'issues/week-11.md',
    issue: { id: 'week-11' },
    diagnostics: [diagnostic],
    findings: [allowedFinding, imageFinding, unplaced],
    source: SOURCE,
    sizeBytes: 12_345,
  },
  {
    file: 'issues/gone.md',
    diagnostics: [
      { code: 'issue/unreadable', severity: 'error', message: 'This file cannot be read.', file: 'issues/gone.md' },
    ],
    findings: [],
  },
]

/** A report whose every text tries to break out of its format. */
export const HOSTILE: IssueReport = {
  file: 'issues/a,b:c%\r\n::set-output name=x::y.md',
  source: 'a\u{1B}[31m\n',
  diagnostics: [
    {
      code: 'issue/x,y:z\n::error::title',
      severity: 'error',
      message: 'One\r\n::warning file=app.js::two % three\u{1B}[2J',
      hint: 'Hint\n::stop-commands::token',
      file: 'issues/a,b:c%\r\n::set-output name=x::y.md',
      range: { start: { line: 1, column: 1, offset: 0 }, end: { line: 2, column: 1, offset: 7 } },
    },
  ],
  findings: [{ ...imageFinding, message: 'a\u{9B}31m\r::error::b', excerpt: 'c\n::error::d' }],
}
