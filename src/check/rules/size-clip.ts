import { z } from 'zod'
import type { Issue } from '../../issue/index.ts'
import type { HtmlPage } from '../html.ts'
import { formatCount, joinWords, quote } from '../quote.ts'
import { defineRule } from '../rule.ts'
import { measureAsSent } from '../size.ts'

export const sizeClip = defineRule({
  id: 'size-clip',
  severity: 'error',
  needs: 'rendered',
  summary: 'HTML so large that Gmail cuts it off',
  why: 'Gmail shows about the first 102,000 octets of the HTML and hides the rest behind a link, the unsubscribe link with it. Counted is the larger of the HTML and its quoted-printable form, with a reader’s real links; images do not count.',
  remedy: 'Shorten the largest parts, move details behind a link, or split the issue in two.',
  reference: 'hteumeuleu/email-bugs #41 (about 102 kB of raw source); Ghost PR 25798 (warns at 100 kB)',
  bad: 'An issue of 120 entries with three paragraphs each: 104,000 octets.',
  good: 'The same 120 entries with one paragraph each, and links to the rest.',
  options: z.strictObject({
    warnBytes: z.number().int().positive().default(80_000).describe('Octets from which it warns.'),
    errorBytes: z.number().int().positive().default(100_000).describe('Octets above which it is an error.'),
  }),
  check({ issue, html, options, report }) {
    const sizeBytes = measureAsSent(html.source)
    if (sizeBytes < options.warnBytes && sizeBytes <= options.errorBytes) return
    const isError = sizeBytes > options.errorBytes
    const largest = nameLargest(issue, html)
    report({
      severity: isError ? 'error' : 'warning',
      part: 'html',
      message:
        `The HTML takes ${formatCount(sizeBytes)} octets as sent; ` +
        (isError ? 'Gmail hides the end of a mail this large.' : 'Gmail hides what lies beyond about 102,000.') +
        (largest.length > 0 ? ` Largest: ${joinWords(largest)}.` : ''),
    })
  },
})

// The largest section and the two largest entries, measured from anchor to anchor; of the last part nothing tells
// where the footer begins, so it is counted to the end of the body.
function nameLargest(issue: Issue, html: HtmlPage): string[] {
  const offsets = new Map<string, number>()
  for (const { attributes, start } of html.elements) {
    for (const anchor of [attributes['id'], attributes['name']]) {
      if (anchor !== undefined && !offsets.has(anchor)) offsets.set(anchor, start)
    }
  }
  const measure = (nodes: readonly { id: string; number: string; titleText: string }[], ends: readonly number[]) =>
    nodes
      .flatMap(({ id, number, titleText }) => {
        const start = offsets.get(id)
        if (start === undefined) return []
        const end = ends.find((offset) => offset > start) ?? html.source.length
        return [{ name: `${number} ${quote(titleText, 40)}`, bytes: Buffer.byteLength(html.source.slice(start, end)) }]
      })
      .toSorted((a, b) => b.bytes - a.bytes)
  const sectionEnds = listOffsets(issue.sections, offsets)
  const entries = issue.sections.flatMap((section) => section.entries)
  const ends = [...sectionEnds, ...listOffsets(entries, offsets)].toSorted((a, b) => a - b)
  return [...measure(issue.sections, sectionEnds).slice(0, 1), ...measure(entries, ends).slice(0, 2)].map(
    ({ name, bytes }) => `${name} with ${formatCount(bytes)}`,
  )
}

function listOffsets(nodes: readonly { id: string }[], offsets: ReadonlyMap<string, number>): number[] {
  return nodes.flatMap(({ id }) => offsets.get(id) ?? []).toSorted((a, b) => a - b)
}
