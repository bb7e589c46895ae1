import { z } from 'zod'
import { placeElement } from '../html.ts'
import { quote } from '../quote.ts'
import { defineRule } from '../rule.ts'

export const anchorTarget = defineRule({
  id: 'anchor-target',
  severity: 'warning',
  needs: 'rendered',
  summary: 'Jump within the mail that large clients do not make',
  why: 'Gmail in the browser, classic Outlook and Yahoo find only `<a name="…">`, not an `id`. With `target="_blank"` a jump opens an empty page instead. A jump to a place that does not exist at all is the matter of anchor-missing.',
  remedy: 'Put `<a id="models" name="models"></a>` in front of the heading, and write the link without `target`.',
  reference: 'Can I email: html-anchor-links (notes 1 and 2)',
  bad: '<a href="#models" target="_blank">Models</a> … <h2 id="models">Models</h2>',
  good: '<a href="#models">Models</a> … <h2><a id="models" name="models"></a>Models</h2>',
  options: z.strictObject({}),
  check({ html, report }) {
    const names = new Set<string>()
    const ids = new Set<string>()
    for (const { name, attributes } of html.elements) {
      if (name === 'a' && attributes['name']) names.add(attributes['name'])
      if (attributes['id']) ids.add(attributes['id'])
    }
    const reported = new Set<string>()
    for (const element of html.elements) {
      const { href = '', target } = element.attributes
      if (element.name !== 'a' || !href.startsWith('#')) continue
      const id = href.slice(1)
      if (target && target.toLowerCase() !== '_self') {
        const message = `The jump to ${quote(href)} has \`target="${target}"\`, so clients open an empty page.`
        report({ message, remedy: 'Write the link without `target`.', ...placeElement(html, element) })
      }
      if (names.has(id) || !ids.has(id) || reported.has(id)) continue
      reported.add(id)
      const message = `The jump to ${quote(href)} leads to an \`id\` without \`<a name="${id}">\`.`
      report({ message, ...placeElement(html, element) })
    }
  },
})
