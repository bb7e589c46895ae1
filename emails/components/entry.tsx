import type { Entry as EntryData, TemplateProps } from 'letterpress/define'
import type { ReactElement } from 'react'
import { Heading } from './heading.tsx'
import { Inlines } from './inlines.tsx'
import { Link } from './link.tsx'
import { Meta } from './meta.tsx'
import { Number } from './number.tsx'
import { Pieces } from './pieces.tsx'
import { Prose } from './prose.tsx'

/**
 * A numbered item: number and linked title, what is known of the work, the author's words on it. The heading of a
 * linked title has the colour of the number: one element less than a number with a colour of its own.
 */
export function Entry({ mail, entry }: { readonly mail: TemplateProps; readonly entry: EntryData }): ReactElement {
  const title = <Inlines mail={mail} nodes={entry.title} />
  return (
    <>
      {entry.url === undefined ? (
        <Heading mail={mail} as="h3" anchor={entry.id}>
          <Number mail={mail}>{entry.number}</Number>
          {title}
        </Heading>
      ) : (
        <Heading mail={mail} as="h3" anchor={entry.id} className="a" style={{ color: mail.theme.light.accent }}>
          {`${entry.number}\u{2002}`}
          {/* The style sheet knows links of such a heading without a class. */}
          <Link mail={mail} href={entry.url} tone="text" className={undefined}>
            {title}
          </Link>
        </Heading>
      )}
      <Meta mail={mail} entry={entry} />
      <Prose mail={mail} nodes={entry.body} />
      <Pieces mail={mail} pieces={entry.after} />
    </>
  )
}
