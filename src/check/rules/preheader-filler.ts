import { z } from 'zod'
import { cutExcerpt, placeTextNode, type TextNode } from '../html.ts'
import { formatCount } from '../quote.ts'
import { defineRule, type RenderedContext } from '../rule.ts'
import { LIGHT } from '../style/screens.ts'
import { hasLetters } from '../style/shown.ts'

/** Characters that take room in a preview and none on the screen, as they follow each other or blanks. */
const FILLER =
  /(?:(?:\u{34F}|[\u{A0}\u{AD}\u{61C}\u{115F}\u{1160}\u{17B4}\u{180E}\u{2000}-\u{200F}\u{202F}\u{205F}-\u{2064}\u{3164}\u{FEFF}])[ \t\r\n]*)+/gu

export const preheaderFiller = defineRule({
  id: 'preheader-filler',
  severity: 'warning',
  needs: 'rendered',
  summary: 'Invisible filler after the preheader',
  why: 'Rows of zero-width characters or blanks keep the first words of the mail out of the preview. They are hidden content, up to 1,700 octets of each mail, and text browsers and some screen readers stumble through every one of them. Looked at is what is hidden, and what stands before the first words.',
  remedy: 'Remove the filler and write a preheader that fills the line: 80 to 130 characters.',
  reference: 'Google 81126 (no hidden content)',
  bad: '<div style="display:none">Five papers.&nbsp;&zwnj;&nbsp;&zwnj;&nbsp;&zwnj;&nbsp;&zwnj;&nbsp;&zwnj;</div>',
  good: '<div style="display:none">Five papers on long context, and what they mean for retrieval in practice.</div>',
  options: z.strictObject({
    maxCharacters: z.number().int().min(0).default(8).describe('Longest row of such characters.'),
  }),
  check(context) {
    const { html, options, report } = context
    const rows = listCandidates(context).flatMap((text) =>
      [...text.value.matchAll(FILLER)]
        .map(({ 0: row, index }) => ({ text, index, count: row.replaceAll(/[ \t\r\n]/g, '').length }))
        .filter(({ count }) => count > options.maxCharacters),
    )
    const [first] = rows
    if (!first) return
    const count = rows.reduce((sum, row) => sum + row.count, 0)
    const message = `${formatCount(count)} invisible characters fill the preview up.`
    report({
      message,
      ...placeTextNode(html, first.text),
      excerpt: cutExcerpt(html.source.slice(first.text.offset, first.text.offset + 60)),
    })
  },
})

function listCandidates({ html, look }: RenderedContext<unknown>): TextNode[] {
  const styles = html.texts.map((text) => ({ text, isHidden: look().styleOfText(text, LIGHT).hidden !== undefined }))
  const firstWords = styles.findIndex(({ text, isHidden }) => !isHidden && hasLetters(text.value))
  return styles
    .filter(({ isHidden }, index) => isHidden || firstWords === -1 || index < firstWords)
    .map(({ text }) => text)
}
