import { z } from 'zod'
import { findAncestor, placeElement } from '../html.ts'
import { defineRule } from '../rule.ts'

export const titleMissing = defineRule({
  id: 'title-missing',
  severity: 'warning',
  needs: 'rendered',
  summary: 'HTML without a title',
  why: 'A screen reader says the title first, and it is the name of the page and of the print when the mail is opened in a browser. Of two titles one is ignored.',
  remedy: 'Put one `<title>` into the head: the title of the issue and the name of the newsletter.',
  reference: 'WCAG 2.2, 2.4.2; HTML Living Standard §4.2.2',
  bad: '<head><meta charset="utf-8"></head>',
  good: '<head><meta charset="utf-8"><title>Week 11 · LLM Papers Weekly</title></head>',
  options: z.strictObject({}),
  check({ html, report }) {
    // Drawings have titles of their own.
    const titles = html.elements.filter((element) => element.name === 'title' && !findAncestor(element, 'svg'))
    const [first, second] = titles
    if (!first) report({ message: 'The HTML has no `<title>`.', part: 'html' })
    else if (!html.runs.some(({ parent }) => parent === first)) {
      report({ message: 'The `<title>` is empty.', ...placeElement(html, first) })
    }
    if (second) report({ message: 'This is a second `<title>`.', ...placeElement(html, second) })
  },
})
