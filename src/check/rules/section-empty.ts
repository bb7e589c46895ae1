import { z } from 'zod'
import type { Section } from '../../issue/index.ts'
import { placeTitle } from '../issue-tree.ts'
import { quote } from '../quote.ts'
import { defineRule } from '../rule.ts'

export const sectionEmpty = defineRule({
  id: 'section-empty',
  severity: 'error',
  needs: 'issue',
  summary: 'Section without content',
  why: 'Readers follow the table of contents to a heading with nothing below it; mostly it is a heading left over from the last issue. A section of text or blocks without entries is fine: a list of jobs or dates needs none.',
  remedy: 'Add an entry (`### …`) or text, or remove the heading.',
  reference: 'docs/checks.md#section-empty',
  bad: '## Datasets\n\n## Tools\n\n### A tool\nWhat it does.',
  good: '## Tools\n\n### A tool\nWhat it does.',
  options: z.strictObject({}),
  check({ issue, report }) {
    for (const section of issue.sections) {
      if (!isEmpty(section)) continue
      report({ message: `The section ${quote(section.titleText)} is empty.`, range: placeTitle(section) })
    }
  },
})

function isEmpty({ entries, intro }: Section): boolean {
  return entries.length === 0 && intro.every((piece) => piece.type === 'prose' && piece.children.length === 0)
}
