import { z } from 'zod'
import { findAncestor, type HtmlElement, hasWords, placeElement } from '../html.ts'
import { findAddress } from '../images.ts'
import { listParts } from '../issue-tree.ts'
import { quote } from '../quote.ts'
import { defineRule, type RenderedContext } from '../rule.ts'

/** `chart.png`, `IMG_2041.JPG`, `/charts/recall final.png` */
const FILE_NAME = /^[^\n]*[^\s.]\.(?:avif|bmp|gif|heic|jpe?g|png|svg|tiff?|webp)$/i

type Options = { readonly allowEmpty: boolean }

export const imageAlt = defineRule({
  id: 'image-alt',
  severity: 'error',
  needs: 'rendered',
  summary: 'Image without alternative text',
  why: 'Many clients block images, and some readers cannot see them: the alternative text is all they get. An empty text marks a decoration; that is a warning for an image in the issue, where pictures rarely are decoration, and an error where the image is all there is in a link. The name of a file says nothing either: a warning.',
  remedy: 'Say what the image shows: `![Bar chart: recall over context length](chart.png)`.',
  reference: 'WCAG 2.2, 1.1.1 and 2.4.4',
  bad: '![](recall.png)',
  good: '![Recall stays above 99% up to 10 million tokens](recall.png)',
  options: z.strictObject({
    allowEmpty: z
      .boolean()
      .default(true)
      .describe(
        'Whether an empty text marks a decoration; `false` makes each one an error, the template’s own included.',
      ),
  }),
  check(context) {
    const silent = checkIssue(context)
    for (const element of context.html.elements) if (element.name === 'img') checkElement(element, context, silent)
  },
})

// Returns the addresses of the images that were reported at their place in the issue.
function checkIssue({ issue, rendered, options, report }: RenderedContext<Options>): ReadonlySet<string> {
  const reported = new Set<string>()
  for (const { image, onlyChildOf } of listParts(issue).images) {
    if (image.alt.trim() !== '' && !FILE_NAME.test(image.alt.trim())) continue
    reported.add(findAddress(image, rendered))
    if (image.alt.trim() !== '') {
      const message = `The alternative text ${quote(image.alt.trim())} is the name of a file.`
      report({ message, severity: 'warning', range: image.range })
    } else if (onlyChildOf) {
      const message = `The link to ${quote(onlyChildOf.url)} holds only an image without alternative text, so it says nothing.`
      report({
        message,
        remedy: 'Say where the link leads: `[![Read the paper](cover.png)](https://…)`.',
        range: image.range,
      })
    } else {
      const message = 'This image has no alternative text.'
      report({ message, severity: options.allowEmpty ? 'warning' : 'error', range: image.range })
    }
  }
  return reported
}

function checkElement(image: HtmlElement, context: RenderedContext<Options>, reported: ReadonlySet<string>): void {
  const { html, options, report } = context
  const { alt, src = '' } = image.attributes
  const remedy = 'Give the `<img>` an `alt`: what it shows, or `alt=""` for a decoration.'
  if (alt === undefined) {
    report({
      message: `The image ${quote(src)} has no \`alt\` in the built HTML.`,
      remedy,
      ...placeElement(html, image),
    })
    return
  }
  if (reported.has(src)) return
  if (FILE_NAME.test(alt.trim())) {
    const message = `The alternative text ${quote(alt.trim())} is the name of a file.`
    report({ message, severity: 'warning', remedy, ...placeElement(html, image) })
    return
  }
  if (alt.trim() !== '') return
  const link = findAncestor(image, 'a')
  if (link?.attributes['href'] && !hasWords(html, link)) {
    const message = `A link holds only the image ${quote(src)} with an empty \`alt\`, so it says nothing.`
    report({ message, remedy: 'Say in the `alt` where the link leads.', ...placeElement(html, image) })
  } else if (!options.allowEmpty) {
    report({ message: `The image ${quote(src)} has an empty \`alt\`.`, remedy, ...placeElement(html, image) })
  }
}
