import type { Section, TemplateProps } from 'letterpress/define'
import type { ReactElement } from 'react'
import { CONTENTS_ID, hasContents } from './contents.tsx'
import { Entry } from './entry.tsx'
import { Heading } from './heading.tsx'
import { Inlines } from './inlines.tsx'
import { Link } from './link.tsx'
import { Number } from './number.tsx'
import { Pieces } from './pieces.tsx'
import { Text } from './text.tsx'

/** A category of the issue: a rule, number and title, introduction, entries, after many of them the way back to the contents. */
export function IssueSection({
  mail,
  section,
}: {
  readonly mail: TemplateProps
  readonly section: Section
}): ReactElement {
  // After one or two entries the contents are still within a thumb's reach.
  const isLong = section.entries.length > 2
  return (
    <>
      <Heading
        mail={mail}
        as="h2"
        anchor={section.id}
        // A border without a colour has that of the text.
        style={{ padding: '16px 0 0', borderTop: '2px solid' }}
      >
        <Number mail={mail}>{section.number}</Number>
        <Inlines mail={mail} nodes={section.title} />
      </Heading>
      <Pieces mail={mail} pieces={section.intro} />
      {section.entries.map((entry) => (
        <Entry key={entry.id} mail={mail} entry={entry} />
      ))}
      {isLong && hasContents(mail.issue) ? (
        <Text mail={mail} style={{ margin: '24px 0 0', fontSize: 15 }}>
          <Link mail={mail} href={`#${CONTENTS_ID}`} tone="muted">
            {mail.words.backToContents}
          </Link>
        </Text>
      ) : null}
    </>
  )
}
