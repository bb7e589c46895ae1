import { z } from 'zod'
import { type BlockSchema, image, type IssueOptions, link } from '../../src/issue/index.ts'

/** Blocks of every kind, so that these tests need no template. */
export const BLOCKS: readonly BlockSchema[] = [
  {
    name: 'toc',
    summary: 'Contents',
    attributes: z.strictObject({
      depth: z.union([z.literal(1), z.literal(2)]).default(1),
      title: z.string().optional(),
    }),
    body: 'none',
    canBeShared: false,
  },
  {
    name: 'promo',
    summary: 'An offer',
    attributes: z.strictObject({ title: z.string().min(1), url: link(), image: image().optional() }),
    body: 'markdown',
    canBeShared: true,
  },
  {
    name: 'mentoring',
    summary: 'An invitation',
    attributes: z.strictObject({ title: z.string().min(1) }),
    body: 'actions',
    canBeShared: true,
  },
  {
    name: 'note',
    summary: 'A remark',
    attributes: z.strictObject({ title: z.string().optional(), tone: z.enum(['info', 'warning']).default('info') }),
    body: 'markdown',
    canBeShared: false,
  },
]

/** Images stand in this folder. */
export const ROOT = new URL('../fixtures/issue/', import.meta.url).pathname.replace(/\/$/, '')

export const OPTIONS: IssueOptions = {
  root: ROOT,
  blocks: BLOCKS,
  language: 'en',
  shared: { ebook: { type: 'promo', title: 'The book', url: 'https://example.com/book', body: 'Forty *drawings*.' } },
  templates: ['digest', 'letter'],
  ruleIds: ['link-shortener', 'image-alt'],
}
