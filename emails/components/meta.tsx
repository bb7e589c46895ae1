import { type Entry, listFacts, type TemplateProps } from 'letterpress/define'
import { Fragment, type ReactElement } from 'react'
import { Link } from './link.tsx'
import { Text } from './text.tsx'

/**
 * Authors, venue, date and identifiers of the work an entry is about, on one muted line. A list of names keeps the
 * direction of the mail, whatever script the first name is in; the other facts find their own.
 */
export function Meta({ mail, entry }: { readonly mail: TemplateProps; readonly entry: Entry }): ReactElement | null {
  const facts = listFacts(entry, mail)
  if (facts.length === 0) return null
  const authors = entry.meta?.authors?.length ? facts[0] : undefined
  return (
    <Text mail={mail} small style={{ margin: '0 0 10px', fontSize: 15 }}>
      {facts.map((fact, index) => {
        const shown =
          fact.url === null ? (
            fact.text
          ) : (
            <Link mail={mail} href={fact.url} tone="muted" className={undefined} children={fact.text} />
          )
        return (
          <Fragment key={index}>
            {index === 0 ? null : '\u{A0}· '}
            {mail.direction === 'rtl' ? <bdi dir={fact === authors ? 'rtl' : undefined}>{shown}</bdi> : shown}
          </Fragment>
        )
      })}
    </Text>
  )
}
