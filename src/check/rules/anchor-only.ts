import { z } from 'zod'
import type { Issue } from '../../issue/index.ts'
import { type HtmlElement, type HtmlPage, placeElement } from '../html.ts'
import { listParts } from '../issue-tree.ts'
import { defineRule } from '../rule.ts'
import { readWords } from '../visible.ts'

/** Different places that the lines of a table of contents lead to. */
const MIN_JUMPS = 2

export const anchorOnly = defineRule({
  id: 'anchor-only',
  severity: 'warning',
  needs: 'rendered',
  summary: 'Contents made only of jumps within the mail',
  why: 'The apps of Gmail on iOS, Samsung and Yahoo, HEY and others do nothing when a jump is tapped. Where the newsletter has a site, each line of the contents can lead to the page of the issue as well. Without a site the rule keeps quiet, and so it does about jumps in an author’s own text.',
  remedy: 'Add a second link to each line, to the same place of the page in the archive: `onlineUrl` of the line.',
  reference: 'Can I email: html-anchor-links',
  bad: '<a href="#s-models">Models</a> <a href="#s-tools">Tools</a>',
  good: '<a href="#s-models">Models</a> (<a href="https://news.example.com/issues/week-11/#s-models">online</a>)',
  options: z.strictObject({}),
  check({ issue, newsletter, html, report }) {
    if (newsletter?.url === undefined) return
    const links = html.elements.filter(({ name, attributes }) => name === 'a' && attributes['href'])
    const jumps = listJumps(issue, html, links)
    const [first] = jumps
    if (!first || new Set(jumps.map(({ attributes }) => attributes['href'])).size < MIN_JUMPS) return
    const online = links.some(({ attributes }) => isOnline(attributes['href'] ?? '', newsletter.url ?? ''))
    if (!online)
      report({ message: 'The contents are made only of jumps, which some apps ignore.', ...placeElement(html, first) })
  },
})

// Jumps with words that the template wrote. Those to a footnote and back have a number or an arrow.
function listJumps(issue: Issue, html: HtmlPage, links: readonly HtmlElement[]): HtmlElement[] {
  const own = new Set(listParts(issue).links.map(({ url }) => url))
  return links.filter((link) => {
    const href = link.attributes['href'] ?? ''
    return /^#./.test(href) && !own.has(href) && /\p{L}{2}/u.test(readWords(html, link))
  })
}

function isOnline(href: string, site: string): boolean {
  return href.startsWith(`${site}/`) && href.includes('#')
}
