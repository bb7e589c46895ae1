import { z } from 'zod'
import { isAllowedLink } from '../block.ts'
import { Fragment } from '../markdown/fragment.ts'
import { isDay, isPaperDate, isWeek } from './calendar.ts'

const line = (): z.ZodString => z.string().min(1)

/** Markdown: a string, or what a Markdown file holds parsed already. */
const text = (description: string) =>
  z
    .union([z.string(), z.instanceof(Fragment)])
    .describe(description)
    .meta({ isText: true })

/** Authors as a list, or in one line with commas (semicolons, when a name holds a comma). */
const authors = z.union([z.array(line()), line()]).transform((value): readonly string[] =>
  typeof value === 'string'
    ? value
        .split(value.includes(';') ? ';' : ',')
        .map((name) => name.trim())
        .filter((name) => name !== '')
    : value.map((name) => name.trim()),
)

const META = {
  authors: authors
    .optional()
    .describe('names, as a list or with commas between them')
    .meta({ example: 'authors: [Ada Example, Alan Example]' }),
  arxiv: z
    .string()
    .regex(/^(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v\d+)?$/)
    .optional()
    .describe('an arXiv number in quotes')
    .meta({ example: 'arxiv: "2403.05530"' }),
  doi: z
    .string()
    .regex(/^10\.\d{4,9}\/\S+$/)
    .optional()
    .describe('a DOI, which begins with 10.')
    .meta({ example: 'doi: 10.1145/357401.357402' }),
  date: z
    .string()
    .refine(isPaperDate)
    .optional()
    .describe('a day, month or year in quotes')
    .meta({ example: 'date: "2024-03-08"' }),
  venue: line().optional().describe('where it appeared').meta({ example: 'venue: NeurIPS 2017' }),
}

const pieces = (description: string) => z.array(z.unknown()).optional().describe(description).meta({ isPieces: true })

const Entry = z.strictObject({
  title: text('the title, on one line').meta({ example: 'title: Attention Is All You Need' }),
  url: z
    .string()
    .refine(isAllowedLink, { params: { code: 'issue/forbidden-link' } })
    .optional()
    .describe('where the title leads')
    .meta({ example: 'url: https://arxiv.org/abs/1706.03762' }),
  ...META,
  body: text('the text of the entry, in Markdown').optional(),
  after: pieces('blocks that follow the text of the entry'),
})

const Section = z.strictObject({
  title: text('the title, on one line').meta({ example: 'title: Reasoning' }),
  intro: text('an introduction, in Markdown').optional(),
  blocks: pieces('blocks that follow the introduction'),
  entries: z
    .array(Entry)
    .optional()
    .describe('a list of entries, each with a title')
    .meta({ example: 'entries: [{ title: … }]' }),
})

const Closing = z.strictObject({
  body: text('closing words, in Markdown').optional(),
  blocks: pieces('blocks that follow the closing words'),
})

/** Data of an issue that stands in the front matter of a Markdown file. */
export const FRONT_MATTER = {
  title: line().describe('a text').meta({ example: 'title: Important papers of the week' }),
  subtitle: line().optional().describe('a text').meta({ example: 'subtitle: Five papers for a rainy day' }),
  id: z
    .string()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,99}$/u)
    .optional()
    .describe('letters, digits, dots and hyphens, without blanks')
    .meta({ example: 'id: 2024-w11' }),
  number: z.int().min(0).max(1_000_000).optional().describe('a whole number').meta({ example: 'number: 12' }),
  author: line().optional().describe('a name').meta({ example: 'author: Ada Example' }),
  week: z.string().refine(isWeek).optional().describe('an ISO week').meta({ example: 'week: 2024-W11' }),
  date: z.string().refine(isDay).optional().describe('a day').meta({ example: 'date: 2024-03-17' }),
  from: z.string().refine(isDay).optional().describe('the first day').meta({ example: 'from: 2024-03-11' }),
  to: z.string().refine(isDay).optional().describe('the last day').meta({ example: 'to: 2024-03-17' }),
  subject: line()
    .optional()
    .describe('a text; the title when there is none')
    .meta({ example: 'subject: "Papers, 11–17 March"' }),
  preheader: line().optional().describe('a text').meta({ example: 'preheader: Seventeen papers in five categories' }),
  language: z
    .string()
    .refine(isLanguage)
    .optional()
    .describe('a language tag (BCP 47)')
    .meta({ example: 'language: en, or pt-BR' }),
  template: z
    .string()
    .regex(/^[\p{L}\p{N}_-]+$/u)
    .optional()
    .describe('the name of a template')
    .meta({ example: 'template: digest' }),
  tags: z.array(line()).optional().describe('a list of words').meta({ example: 'tags: [papers, weekly]' }),
  audience: z
    .string()
    .regex(/^tag:[^\s:]+$/u)
    .optional()
    .describe('a segment of the list, tag:NAME')
    .meta({ example: 'audience: tag:members' }),
  draft: z.boolean().optional().describe('true or false').meta({ example: 'draft: true' }),
  allow: z
    .record(
      line(),
      z
        .string()
        .trim()
        .min(1)
        .describe('the reason why its findings are accepted')
        .meta({ example: 'allow: { link-shortener: "the sponsor asked for it" }' }),
    )
    .optional()
    .describe('names of checks, each with a reason')
    .meta({ example: 'allow: { link-shortener: "the sponsor asked for it" }' }),
}

/** The one schema of an issue, for all formats. */
export const IssueFile = z.strictObject({
  ...FRONT_MATTER,
  intro: text('the introduction, in Markdown').optional(),
  blocks: pieces('blocks before the sections'),
  sections: z
    .array(Section)
    .optional()
    .describe('a list of sections, each with a title')
    .meta({ example: 'sections: [{ title: …, entries: […] }]' }),
  closing: Closing.optional()
    .describe('closing words: body and blocks')
    .meta({ example: 'closing: { body: See you next week. }' }),
})

/** What an issue file holds once it is valid. */
export type IssueFile = z.output<typeof IssueFile>

function isLanguage(tag: string): boolean {
  try {
    // Longer primary tags are legal and unused: `english` is meant as `en`.
    return Intl.getCanonicalLocales(tag).length === 1 && /^[a-z]{2,3}(?:-|$)/i.test(tag)
  } catch {
    return false
  }
}
