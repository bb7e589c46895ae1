import { z } from 'zod'
import { findNearest } from '../../base/index.ts'
import { listLinks } from '../links.ts'
import { quote } from '../quote.ts'
import { defineRule } from '../rule.ts'

export const anchorMissing = defineRule({
  id: 'anchor-missing',
  severity: 'error',
  needs: 'rendered',
  summary: 'Link to a place that the mail does not have',
  why: 'A tap on it does nothing, or opens an empty page. Targets are elements with that `id`, and `<a name>`.',
  remedy:
    'Link to a section, `#s-its-title`, or an entry, `#e-its-title`, in lower case with hyphens, or remove the link.',
  reference: 'HTML Living Standard §7.4.6.4 (find a potential indicated element)',
  bad: 'See [the tables](#tables).\n\n## Tables',
  good: 'See [the tables](#s-tables).\n\n## Tables',
  options: z.strictObject({}),
  check({ issue, html, report }) {
    const targets = new Set<string>()
    for (const { name, attributes } of html.elements) {
      if (attributes['id']) targets.add(attributes['id'])
      if (name === 'a' && attributes['name']) targets.add(attributes['name'])
    }
    for (const { url, place } of listLinks(issue, html)) {
      if (!url.startsWith('#')) continue
      const target = url.slice(1)
      if (targets.has(target) || targets.has(decodeTarget(target))) continue
      const near = [`s-${target}`, `e-${target}`].find((id) => targets.has(id)) ?? findNearest(target, [...targets])
      const message =
        target === ''
          ? 'The link "#" leads nowhere.'
          : `Nothing in the mail has the id ${quote(target)}.${near === undefined ? '' : ` Did you mean ${quote(near)}?`}`
      report({ message, ...place })
    }
  },
})

function decodeTarget(target: string): string {
  try {
    return decodeURIComponent(target)
  } catch {
    return target
  }
}
