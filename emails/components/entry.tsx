import type { Entry as EntryData, TemplateProps } from 'letterpress/define'
import type { ReactElement } from 'react'
import { Heading } from './heading.tsx'
import { Inlines } from './inlines.tsx'
import { Link } from './link.tsx'
import { Meta } from './meta.tsx'
import { Number } from './number.tsx'
import { Pieces } from './pieces.tsx'
import { Prose } from './prose.tsx'

// Number and link have colours of their own; in an issue of twenty entries a third one weighs half a kilobyte.
const COLOURED_WITHIN = { className: undefined, style: { color: undefined } }

/** A numbered item: number and linked title, what is known of the work, the author's words on it. */
export function Entry({ mail, entry }: { readonly mail: TemplateProps; readonly entry: EntryData }): ReactElement {
  const title = <Inlines mail={mail} nodes={entry.title} />
  return (
    <>
      <Heading mail={mail} as="h3" anchor={entry.id} {...(entry.url === undefined ? {} : COLOURED_WITHIN)}>
        <Number mail={mail}>{entry.number}</Number>
        {entry.url === undefined ? (
          title
        ) : (
          <Link mail={mail} href={entry.url} tone="text">
            {title}
          </Link>
        )}
      </Heading>
      <Meta mail={mail} entry={entry} />
      <Prose mail={mail} nodes={entry.body} />
      <Pieces mail={mail} pieces={entry.after} />
    </>
  )
}
