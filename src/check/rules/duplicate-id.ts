import { z } from 'zod'
import { type HtmlElement, placeElement } from '../html.ts'
import { quote } from '../quote.ts'
import { defineRule } from '../rule.ts'

export const duplicateId = defineRule({
  id: 'duplicate-id',
  severity: 'error',
  needs: 'rendered',
  summary: 'The same `id` twice',
  why: 'A link to it leads to the first of the two, and a screen reader that follows a label or a heading finds the wrong one.',
  remedy: 'Give each element an `id` of its own, or none.',
  reference: 'HTML Living Standard §3.2.6 (the id attribute); WCAG 2.2, 1.3.1',
  bad: '<h2 id="news">Models</h2>\n<h2 id="news">Tools</h2>',
  good: '<h2 id="models">Models</h2>\n<h2 id="tools">Tools</h2>',
  options: z.strictObject({}),
  check({ html, report }) {
    const seen = new Map<string, HtmlElement>()
    for (const element of html.elements) {
      const id = element.attributes['id']
      if (!id) continue
      const first = seen.get(id)
      if (!first) {
        seen.set(id, element)
        continue
      }
      const { line, column } = html.lines.position(first.start)
      report({ message: `The id ${quote(id)} is taken: ${line}:${column} has it too.`, ...placeElement(html, element) })
    }
  },
})
