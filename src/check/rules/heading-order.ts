import { z } from 'zod'
import type { Range } from '../../base/index.ts'
import type { Flow, Heading, Issue, Piece } from '../../issue/index.ts'
import { type HtmlElement, placeElement } from '../html.ts'
import { readPlain } from '../issue-tree.ts'
import { quote } from '../quote.ts'
import { defineRule, type RenderedContext } from '../rule.ts'
import { isHidden, readWords } from '../visible.ts'

/** Levels of the title of an issue, of a section and of an entry. */
const LEVELS = { issue: 1, section: 2, entry: 3 } as const

export const headingOrder = defineRule({
  id: 'heading-order',
  severity: 'warning',
  needs: 'rendered',
  summary: 'Heading that skips a level, or a second main heading',
  why: 'Who cannot see the page moves through it by its headings, and a level that is missing looks like a piece that was lost. Going back up by several levels is fine.',
  remedy: 'Use the next level: `####` below an entry, `#####` below that.',
  reference: 'WCAG 2.2, 1.3.1 and 2.4.6; axe-core, heading-order and page-has-heading-one',
  bad: '### An entry\n\n##### Results',
  good: '### An entry\n\n#### Results',
  options: z.strictObject({}),
  check(context) {
    const reported = new Set(listJumps(context.issue).map((jump) => tell(jump, context)))
    checkHtml(context, reported)
  },
})

interface Jump {
  readonly heading: Heading
  readonly above: number
  readonly range: Range
}

function tell({ heading, above, range }: Jump, { report }: RenderedContext<unknown>): string {
  const words = fold(readPlain(heading.children))
  const message = `The heading ${quote(words)} has level ${heading.depth}, and the one above it level ${above}.`
  report({ message, remedy: `Begin it with \`${'#'.repeat(Math.max(4, above + 1))}\`.`, range })
  return words
}

function listJumps(issue: Issue): Jump[] {
  const inPieces = (pieces: readonly Piece[], above: number): Jump[] =>
    pieces.flatMap((piece) => listFlowJumps(piece.type === 'prose' ? piece.children : piece.body, above))
  const inSections = issue.sections.flatMap(({ intro, entries }) => [
    ...inPieces(intro, LEVELS.section),
    ...entries.flatMap(({ body, after }) => [...listFlowJumps(body, LEVELS.entry), ...inPieces(after, LEVELS.entry)]),
  ])
  return [...inPieces(issue.opening, LEVELS.issue), ...inSections, ...inPieces(issue.closing, LEVELS.issue)]
}

// `####` is the highest that text may have, wherever it stands.
function listFlowJumps(flows: readonly Flow[], start: number): Jump[] {
  let above = Math.max(start, 3)
  return flows.flatMap((flow) => {
    if (flow.type !== 'heading') return []
    const jump = { heading: flow, above, range: flow.range }
    const isJump = flow.depth > above + 1
    above = flow.depth
    return isJump ? [jump] : []
  })
}

function checkHtml({ html, issue, report }: RenderedContext<unknown>, reported: ReadonlySet<string>): void {
  const own = listOwnHeadings(issue)
  let above = 0
  let main: HtmlElement | undefined
  for (const element of html.elements) {
    const level = Number(/^h([1-6])$/.exec(element.name)?.[1] ?? 0)
    if (level === 0 || isHidden(element)) continue
    const words = fold(readWords(html, element))
    if (level === 1 && main) {
      const { line, column } = html.lines.position(main.start)
      const message = `${quote(words)} is a second \`<h1>\`; the first stands at ${line}:${column}.`
      report({ message, remedy: 'Keep `<h1>` for the title of the issue.', ...placeElement(html, element) })
    }
    if (level === 1) main ??= element
    if (above > 0 && level > above + 1 && !reported.has(words) && !own.has(words)) {
      const message = `\`<h${level}>\` ${quote(words)} follows \`<h${above}>\`.`
      report({ message, remedy: `Make it \`<h${above + 1}>\`.`, ...placeElement(html, element) })
    }
    above = level
  }
}

// The template chose where to put these, and the author cannot write a higher one.
function listOwnHeadings(issue: Issue): ReadonlySet<string> {
  const pieces = [...issue.opening, ...issue.closing, ...issue.sections.flatMap(({ intro }) => intro)]
  const flows = pieces.flatMap((piece) => (piece.type === 'prose' ? piece.children : piece.body))
  return new Set(flows.flatMap((flow) => (flow.type === 'heading' ? [fold(readPlain(flow.children))] : [])))
}

function fold(words: string): string {
  return words.replaceAll(/\s+/g, ' ').trim()
}
