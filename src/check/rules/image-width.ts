import { z } from 'zod'
import { placeElement } from '../html.ts'
import { listParts } from '../issue-tree.ts'
import { quote } from '../quote.ts'
import { defineRule } from '../rule.ts'

export const imageWidth = defineRule({
  id: 'image-width',
  severity: 'warning',
  needs: 'rendered',
  summary: 'Image without a `width` attribute',
  why: 'Classic Outlook ignores widths in CSS and shows the image as large as its file, which pushes the mail out of the window. A remote image in a line of an issue’s text is left out: nobody knows its size before it is loaded.',
  remedy: 'Write `width="600"`, in pixels and without a unit, beside the CSS.',
  reference: 'Can I email: css-width, css-max-width (Outlook on Windows)',
  bad: '<img src="https://example.com/a.png" alt="A chart" style="width:600px">',
  good: '<img src="https://example.com/a.png" alt="A chart" width="600" style="width:100%;max-width:600px">',
  options: z.strictObject({}),
  check({ issue, html, report }) {
    const unknown = new Set(
      listParts(issue).images.flatMap(({ image }) => (image.width === undefined ? [image.src] : [])),
    )
    for (const element of html.elements) {
      if (element.name !== 'img') continue
      const { width, src = '' } = element.attributes
      if (/^\d+$/.test(width?.trim() ?? '') || unknown.has(src)) continue
      const message =
        width === undefined
          ? `The image ${quote(src)} has no \`width\`.`
          : `The image ${quote(src)} has the \`width\` ${quote(width)}, which is no number of pixels.`
      report({ message, ...placeElement(html, element) })
    }
  },
})
