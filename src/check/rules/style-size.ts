import { z } from 'zod'
import { cutExcerpt, findAncestor, type HtmlElement, type HtmlPage, type HtmlPlace, placeElement } from '../html.ts'
import { formatCount } from '../quote.ts'
import { defineRule, type Report } from '../rule.ts'
import { findLooseEnd, type LooseEnd } from '../style/brackets.ts'
import { readStyleText } from '../style/stylesheet-text.ts'

const LOOSE: Readonly<Record<LooseEnd['kind'], Pick<Report, 'message' | 'remedy'>>> = {
  brace: { message: 'A `{` in the styles is never closed.', remedy: 'Add the missing `}`.' },
  'at-rule': { message: 'An at-rule in the styles has no end.', remedy: 'End it with `;`, or with `{` and `}`.' },
  comment: { message: 'A comment in the styles is never closed.', remedy: 'End it with `*/`.' },
  extra: { message: 'A `}` in the styles closes nothing.', remedy: 'Remove it, or add the `{` that it belongs to.' },
}

export const styleSize = defineRule({
  id: 'style-size',
  severity: 'warning',
  needs: 'rendered',
  summary: 'Styles that Gmail drops whole',
  why: 'Gmail drops the `<style>` that takes the styles of a mail beyond 16,384 octets, each one that stands outside the head, and each one that holds an at-rule inside an at-rule; what looks right elsewhere then has no styles at all there. One that never closes a brace, a comment or an at-rule is an error: clients differ in where they pick it up again. Styles for classic Outlook in conditional comments do not count.',
  remedy: 'Write styles into the elements, and keep in the head only what cannot stand there.',
  reference: 'hteumeuleu/email-bugs #90 (16 kB); caniemail.com, `<style>` element; hteumeuleu/caniemail #144',
  bad: '<body><style>.card { padding: 24px }</style>',
  good: '<head><style>.card { padding: 24px }</style></head>',
  options: z.strictObject({
    maxBytes: z.number().int().positive().default(16_384).describe('Octets that all styles may take together.'),
  }),
  check({ html, options, report }) {
    let bytes = 0
    for (const element of html.elements) {
      if (element.name !== 'style') continue
      const css = readStyleText(html, element)
      const place = placeElement(html, element)
      const before = bytes
      bytes += Buffer.byteLength(css)
      if (bytes > options.maxBytes && before <= options.maxBytes) {
        const message = `With this \`<style>\` the styles take ${formatCount(bytes)} octets; Gmail drops it whole, because they are more than ${formatCount(options.maxBytes)}.`
        report({ message, ...place })
      }
      if (!findAncestor(element, 'head')) {
        const message = 'This `<style>` stands outside the head, where Gmail drops it.'
        report({ message, remedy: 'Move it into the `<head>`.', ...place })
      }
      const loose = findLooseEnd(css)
      if (loose) report({ severity: 'error', ...LOOSE[loose.kind], ...placeIn(html, element, loose.offset) })
      else reportNestedAtRule(css, element)
    }

    function reportNestedAtRule(css: string, element: HtmlElement): void {
      const offset = findNestedAtRule(css)
      if (offset === undefined) return
      const message = 'An at-rule stands inside another one; Gmail drops a `<style>` that holds such.'
      report({ message, remedy: 'Write both beside each other.', ...placeIn(html, element, offset) })
    }
  },
})

function placeIn(page: HtmlPage, element: HtmlElement, offset: number): HtmlPlace {
  const at = element.openEnd + offset
  return { part: 'html', position: page.lines.position(at), excerpt: cutExcerpt(page.source.slice(at, element.end)) }
}

/** Where an at-rule stands in the braces of another. */
function findNestedAtRule(css: string): number | undefined {
  // Blanks keep every offset in place.
  const bare = css.replaceAll(/\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, (part) =>
    ' '.repeat(part.length),
  )
  let depth = 0
  for (const { 0: token, index } of bare.matchAll(/[{}]|@[a-z-]+/gi)) {
    if (token === '{') depth++
    else if (token === '}') depth--
    else if (depth > 0) return index
  }
  return undefined
}
