import { z } from 'zod'
import { readCanonicalUrl } from '../canonical-url.ts'
import type { Entry } from '../../issue/index.ts'
import { placeTitle } from '../issue-tree.ts'
import { quote } from '../quote.ts'
import { defineRule } from '../rule.ts'

export const entryDuplicate = defineRule({
  id: 'entry-duplicate',
  severity: 'warning',
  needs: 'issue',
  summary: 'The same entry twice',
  why: 'Readers take it for carelessness. Two entries are the same when their links lead to one page (whatever the protocol, `www.`, final slash or campaign parameters), to one arXiv paper in any form or version, or to one DOI, or when their titles are equal.',
  remedy: 'Remove one of the two, or give them titles and links of their own.',
  reference: 'docs/checks.md#entry-duplicate',
  bad: '### [Paper A](https://arxiv.org/abs/2403.05530)\n\n### [Paper A, revised](https://arxiv.org/pdf/2403.05530v2)',
  good: '### [Paper A](https://arxiv.org/abs/2403.05530v2)\n\nRevised since last week.',
  options: z.strictObject({}),
  check({ issue, report }) {
    const seen = new Map<string, Entry>()
    for (const entry of issue.sections.flatMap((section) => section.entries)) {
      const keys = listKeys(entry)
      const key = keys.find((candidate) => seen.has(candidate))
      const earlier = key === undefined ? undefined : seen.get(key)
      if (key !== undefined && earlier) {
        const reason = key.startsWith('title ') ? 'their titles are equal' : `both lead to ${quote(key)}`
        const message = `This entry repeats ${earlier.number} ${quote(earlier.titleText)}: ${reason}.`
        report({ message, range: placeTitle(entry) })
      }
      for (const each of keys) if (!seen.has(each)) seen.set(each, entry)
    }
  },
})

function listKeys({ url, meta, titleText }: Entry): string[] {
  const title = titleText
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return [
    ...(url === undefined ? [] : [readCanonicalUrl(url)]),
    ...(meta?.arxiv ? [readCanonicalUrl(`https://arxiv.org/abs/${meta.arxiv.replace(/^arxiv:\s*/i, '')}`)] : []),
    ...(meta?.doi
      ? [readCanonicalUrl(`https://doi.org/${meta.doi.replace(/^(?:doi:|https?:\/\/(?:dx\.)?doi\.org\/)\s*/i, '')}`)]
      : []),
    ...(title === '' ? [] : [`title ${title}`]),
  ]
}
