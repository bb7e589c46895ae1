import type { Entry } from '../issue/index.ts'
import type { TemplateProps } from './template.ts'
import { formatPeriod } from './words/period.ts'

/** Something known of the work an entry is about; `url` null when it leads nowhere that the title does not. */
export interface Fact {
  readonly text: string
  readonly url: string | null
}

/** Authors, venue, date and identifiers of an entry, in this order. */
export function listFacts({ meta, url }: Entry, { words, language }: TemplateProps): Fact[] {
  if (meta === undefined) return []
  const { authors = [], venue, date, arxiv, doi } = meta
  const facts = [
    authors.length === 0 ? undefined : words.list(authors),
    venue,
    date === undefined ? undefined : formatDate(date, language),
  ]
  const plain = facts.filter((text) => text !== undefined).map((text) => ({ text, url: null }))
  const linked = [
    ...(arxiv === undefined ? [] : [{ text: `arXiv ${arxiv}`, url: `https://arxiv.org/abs/${arxiv}` }]),
    ...(doi === undefined ? [] : [{ text: `doi ${doi}`, url: `https://doi.org/${doi}` }]),
  ]
  return [...plain, ...linked.map((fact) => (fact.url === url ? { ...fact, url: null } : fact))]
}

// A day is written as the language does; a year or anything else stays as the author wrote it.
function formatDate(date: string, language: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(date) ? formatPeriod({ from: date, to: date }, language) : date
}
