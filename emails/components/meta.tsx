import { type Entry, formatPeriod, type TemplateProps } from 'letterpress/define'
import { Fragment, type ReactElement, type ReactNode } from 'react'
import { Link } from './link.tsx'
import { Text } from './text.tsx'

/**
 * Authors, venue, date and identifiers of the work an entry is about, on one muted line. A list of names keeps the
 * direction of the mail, whatever script the first name is in; the other facts find their own.
 */
export function Meta({ mail, entry }: { readonly mail: TemplateProps; readonly entry: Entry }): ReactElement | null {
  const authors = entry.meta?.authors?.length ? mail.words.list(entry.meta.authors) : undefined
  const facts = listFacts(entry, authors, mail)
  if (facts.length === 0) return null
  return (
    <Text mail={mail} small style={{ margin: '0 0 10px' }}>
      {facts.map((fact, index) => (
        <Fragment key={index}>
          {index === 0 ? null : ' · '}
          {mail.direction === 'rtl' ? <bdi dir={fact === authors ? 'rtl' : undefined}>{fact}</bdi> : fact}
        </Fragment>
      ))}
    </Text>
  )
}

function listFacts({ meta, url }: Entry, authors: string | undefined, mail: TemplateProps): readonly ReactNode[] {
  if (meta === undefined) return []
  const { venue, date, arxiv, doi } = meta
  return [
    authors,
    venue,
    date === undefined ? undefined : formatDate(date, mail.language),
    arxiv === undefined ? undefined : linkUnless(url, `https://arxiv.org/abs/${arxiv}`, `arXiv ${arxiv}`, mail),
    doi === undefined ? undefined : linkUnless(url, `https://doi.org/${doi}`, `doi ${doi}`, mail),
  ].filter((fact) => fact !== undefined)
}

/** The title above already leads to `url`; a second link to the same page would only be one more stop for the reader. */
function linkUnless(url: string | undefined, href: string, label: string, mail: TemplateProps): ReactNode {
  if (url === href) return label
  return (
    <Link mail={mail} href={href} tone="muted">
      {label}
    </Link>
  )
}

/** A day is written as the language does; a year or anything else stays as the author wrote it. */
function formatDate(date: string, language: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(date) ? formatPeriod({ from: date, to: date }, language) : date
}
