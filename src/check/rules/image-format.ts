import { z } from 'zod'
import { findImages, type FoundImage } from '../images.ts'
import { quote } from '../quote.ts'
import { defineRule } from '../rule.ts'

/** Who does not show a format. */
const LIMITS: Readonly<Record<string, string>> = {
  svg: 'Gmail and Outlook do not show SVG',
  webp: 'Outlook on Windows does not show WebP',
  avif: 'Outlook and many older clients do not show AVIF',
  heic: 'hardly any client but Apple’s shows HEIC',
  tiff: 'hardly any client but Apple’s shows TIFF',
  bmp: 'several clients do not show BMP, and it is not compressed',
}
const SAME: Readonly<Record<string, string>> = { tif: 'tiff', heif: 'heic', 'svg+xml': 'svg', svgz: 'svg' }

export const imageFormat = defineRule({
  id: 'image-format',
  severity: 'warning',
  needs: 'rendered',
  summary: 'Image in a format that large clients do not show',
  why: 'PNG, JPEG and GIF are shown everywhere. SVG, WebP, AVIF, HEIC, TIFF and BMP are not, and their readers see the alternative text. An image in a `data:` address is an error: Gmail and Outlook drop it, and it makes the HTML too large. The format is read from the ending of the file.',
  remedy: 'Save the image as PNG (drawings, screenshots) or JPEG (photographs).',
  reference: 'Can I email: image-svg, image-webp, image-avif, image-heif, image-bmp, image-base64',
  bad: '![Recall over context length](recall.svg)',
  good: '![Recall over context length](recall.png)',
  options: z.strictObject({
    allow: z
      .array(z.enum(['svg', 'webp', 'avif', 'heic', 'tiff', 'bmp']))
      .default([])
      .describe('Formats that are no warning.'),
  }),
  check(context) {
    for (const image of findImages(context)) {
      if (/^data:/i.test(image.src)) {
        const message = 'This image stands in the mail itself, as a `data:` address, which Gmail and Outlook drop.'
        const remedy = 'Save it as a file and name that file.'
        context.report({ message, remedy, severity: 'error', ...image.place })
        continue
      }
      const format = readFormat(image)
      const limit = format === undefined ? undefined : LIMITS[format]
      if (limit === undefined || context.options.allow.some((allowed) => allowed === format)) continue
      context.report({ message: `The image ${quote(image.name)} will be missing for some: ${limit}.`, ...image.place })
    }
  },
})

function readFormat({ file, name }: FoundImage): string | undefined {
  const path = file?.path ?? URL.parse(name)?.pathname ?? name
  const ending = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase()
  return ending === undefined ? undefined : (SAME[ending] ?? ending)
}
