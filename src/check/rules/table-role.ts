import { z } from 'zod'
import { findAncestor, type HtmlElement, placeElement } from '../html.ts'
import { defineRule } from '../rule.ts'

export const tableRole = defineRule({
  id: 'table-role',
  severity: 'error',
  needs: 'rendered',
  summary: 'Layout table that a screen reader announces as data',
  why: 'Mails are laid out with tables. Without `role="presentation"` a screen reader reads “table, one row, one column” before every piece. A table with `<th>`, `<caption>`, `scope` or `headers` holds data and needs none; tables for Outlook alone are not looked at.',
  remedy: 'Write `<table role="presentation" …>`; give a table of data a row of `<th scope="col">`.',
  reference: 'WCAG 2.2, 1.3.1; Email Markup Consortium 2026: missing in 83.78% of mails',
  bad: '<table width="100%"><tr><td>Hello</td></tr></table>',
  good: '<table role="presentation" width="100%"><tr><td>Hello</td></tr></table>',
  options: z.strictObject({}),
  check({ html, report }) {
    const data = new Set<HtmlElement>()
    for (const element of html.elements) {
      const { name, attributes } = element
      if (name !== 'th' && name !== 'caption' && !('scope' in attributes) && !('headers' in attributes)) continue
      const table = findAncestor(element, 'table')
      if (table) data.add(table)
    }
    for (const element of html.elements) {
      const role = element.attributes['role']?.trim().toLowerCase()
      if (element.name !== 'table' || role || data.has(element)) continue
      report({ message: 'This table has no role and no headings.', ...placeElement(html, element) })
    }
  },
})
