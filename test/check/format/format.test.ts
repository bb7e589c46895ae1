import { describe, expect, test } from 'vitest'
import { createPaint } from '../../../src/base/index.ts'
import { countProblems, formatGithub, formatJson, formatPretty } from '../../../src/check/index.ts'
import { HOSTILE, REPORTS } from './reports.ts'

const PLAIN = createPaint(false)

describe('the pretty format', () => {
  test('shows every problem with its place, and sums up', () => {
    expect(
      formatPretty(REPORTS, PLAIN),
    ).toBe(`allowed link-shortener  The link "https://bit.ly/1" is shortened by bit.ly and hides where it leads.
  issues/week-11.md:5:5
  reason: Our sponsor insists.

warning image-alt  This image has no alternative text.
  issues/week-11.md:7:1
    6 |
  > 7 | ![](a.png)
      | ^^^^^^^^^^
    8 |
  hint: Say what the image shows.
  see: WCAG 2.2, 1.1.1

error issue/unknown-block  No block is named "promp". Did you mean "promo"?
  issues/week-11.md:9:1
     8 |
  >  9 | ::promp{name="ebook"}
       | ^^^^^^^
    10 |
  hint: Blocks are toc and promo; see docs/blocks.md.

error image-alt  The image "logo.png" has no \`alt\` in the built HTML.
  issues/week-11.md (HTML 12:34)
  > <img src="logo.png">
  hint: Say what the image shows.
  see: WCAG 2.2, 1.1.1

error issue/unreadable  This file cannot be read.
  issues/gone.md

3 errors and 1 warning in 2 issues; 1 finding allowed.
Checks ran only on what could be read.
`)
  })

  test('says so when there is nothing', () => {
    expect(formatPretty([{ file: 'a.md', diagnostics: [], findings: [] }], PLAIN)).toBe('1 issue, no problems.\n')
    expect(formatPretty([], PLAIN)).toBe('0 issues, no problems.\n')
  })

  test('frames lines of the file that a problem is in, and no others', () => {
    const range = { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 5, offset: 0 } }
    const inTemplate = { code: 'render/component-failed', severity: 'error', message: 'M', range } as const
    const report = {
      file: 'issues/a.md',
      source: 'of the issue\n',
      sources: { 'emails/mine.tsx': 'from the template\n' },
      findings: [],
    }
    const show = (file: string) => formatPretty([{ ...report, diagnostics: [{ ...inTemplate, file }] }], PLAIN)
    expect(show('emails/mine.tsx')).toContain('> 1 | from the template')
    expect(show('issues/a.md')).toContain('> 1 | of the issue')
    for (const file of ['emails/gone.tsx', 'constructor']) expect(show(file)).not.toContain(' | ')
  })

  test('lets no control character through', () => {
    // oxlint-disable-next-line no-control-regex
    expect(formatPretty([HOSTILE], PLAIN)).not.toMatch(/[\u{0}-\u{9}\u{B}-\u{1F}\u{7F}-\u{9F}]/u)
  })

  test('colours the severity', () => {
    const [first] = REPORTS
    const painted = formatPretty(first ? [{ ...first, findings: [] }] : [], createPaint(true))
    expect(painted).toContain('\u{1B}[31merror\u{1B}[39m \u{1B}[1missue/unknown-block\u{1B}[22m')
  })
})

describe('the JSON format', () => {
  test('holds every diagnostic and finding', () => {
    const [week, gone] = REPORTS
    expect(JSON.parse(formatJson(REPORTS))).toEqual({
      version: 1,
      issues: [
        {
          file: 'issues/week-11.md',
          id: 'week-11',
          errors: 2,
          warnings: 1,
          diagnostics: week?.diagnostics,
          findings: week?.findings,
          sizeBytes: 12_345,
        },
        {
          file: 'issues/gone.md',
          id: null,
          errors: 1,
          warnings: 0,
          diagnostics: gone?.diagnostics,
          findings: [],
          sizeBytes: null,
        },
      ],
      errors: 3,
      warnings: 1,
    })
  })

  test('is the same to the byte', () => {
    expect(formatJson([{ file: 'a.md', issue: { id: 'a' }, diagnostics: [], findings: [], sizeBytes: 1 }])).toBe(`{
  "version": 1,
  "issues": [
    {
      "file": "a.md",
      "id": "a",
      "errors": 0,
      "warnings": 0,
      "diagnostics": [],
      "findings": [],
      "sizeBytes": 1
    }
  ],
  "errors": 0,
  "warnings": 0
}
`)
  })
})

describe('the format of GitHub', () => {
  test('is one workflow command per problem that counts', () => {
    expect(formatGithub(REPORTS)).toBe(
      [
        '::warning file=issues/week-11.md,line=7,col=1,endColumn=11,title=image-alt::This image has no alternative text.%0ASay what the image shows.',
        '::error file=issues/week-11.md,line=9,col=1,endColumn=8,title=issue/unknown-block::No block is named "promp". Did you mean "promo"?%0ABlocks are toc and promo; see docs/blocks.md.',
        '::error file=issues/week-11.md,title=image-alt::The image "logo.png" has no `alt` in the built HTML.%0AFound: <img src="logo.png">%0ASay what the image shows.',
        '::error file=issues/gone.md,title=issue/unreadable::This file cannot be read.',
        '',
      ].join('\n'),
    )
  })

  test('cannot be made to hold a second command', () => {
    const lines = formatGithub([HOSTILE]).split(/\r\n|\n|\r/)
    expect(lines).toHaveLength(3)
    expect(lines.map((line) => /^::\w+/.exec(line)?.[0])).toEqual(['::error', '::warning', undefined])
    expect(lines[0]).toBe(
      '::error file=issues/a%2Cb%3Ac%25%0D%0A%3A%3Aset-output name=x%3A%3Ay.md,line=1,endLine=2,title=issue/x%2Cy%3Az%0A%3A%3Aerror%3A%3Atitle::One ::warning file=app.js::two %25 three[2J%0AHint ::stop-commands::token',
    )
  })
})

test('counts allowed findings apart', () => {
  expect(countProblems(REPORTS)).toEqual({ errors: 3, warnings: 1, allowed: 1 })
})
