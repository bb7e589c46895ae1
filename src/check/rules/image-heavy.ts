import { statSync } from 'node:fs'
import { z } from 'zod'
import { findImages, type FoundImage } from '../images.ts'
import { formatCount, joinWords, quote } from '../quote.ts'
import { defineRule } from '../rule.ts'

/** Images that the message about all of them names. */
const MAX_NAMED = 3

export const imageHeavy = defineRule({
  id: 'image-heavy',
  severity: 'warning',
  needs: 'rendered',
  summary: 'Image files that are slow to load',
  why: 'A phone on the way loads 1,000,000 bytes in several seconds, and images that are sent along count against the size of the message, which many servers limit to 10 MB. Only files of the newsletter are measured; remote images are never fetched.',
  remedy:
    'Save a photograph as JPEG, at most 1,300 pixels wide (twice the width of the mail); a drawing as PNG with few colours.',
  reference: 'docs/checks.md#image-heavy',
  bad: '![The conference](photo-of-12-megapixels.jpg)',
  good: '![The conference](photo-1300-wide.jpg)',
  options: z.strictObject({
    maxBytes: z.number().int().positive().default(1_000_000).describe('Largest size of one file.'),
    maxTotalBytes: z.number().int().positive().default(5_000_000).describe('Largest size of all files of an issue.'),
  }),
  check(context) {
    const { options, report } = context
    const files = findImages(context).flatMap((image) => {
      const sizeBytes = image.file && readSize(image.file.path)
      return sizeBytes === undefined ? [] : [{ image, sizeBytes }]
    })
    for (const { image, sizeBytes } of files) {
      if (sizeBytes <= options.maxBytes) continue
      report({ message: `The image ${quote(image.name)} has ${formatCount(sizeBytes)} bytes.`, ...image.place })
    }
    const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    if (total > options.maxTotalBytes) {
      const largest = nameLargest(files)
      report({ message: `The images of the issue have ${formatCount(total)} bytes together. Largest: ${largest}.` })
    }
  },
})

// It may have gone since the issue was read.
function readSize(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size
}

function nameLargest(files: readonly { readonly image: FoundImage; readonly sizeBytes: number }[]): string {
  return joinWords(
    files
      .toSorted((a, b) => b.sizeBytes - a.sizeBytes)
      .slice(0, MAX_NAMED)
      .map(({ image, sizeBytes }) => `${quote(image.name, 40)} with ${formatCount(sizeBytes)}`),
  )
}
