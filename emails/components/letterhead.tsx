import { formatPeriod, slot, type TemplateProps } from 'letterpress/define'
import { Fragment, type ReactElement } from 'react'
import { Heading } from './heading.tsx'
import { Img } from './img.tsx'
import { Link } from './link.tsx'
import { Text } from './text.tsx'

/** Top of a letter: who writes, what about, and on a small line under it the author, the day and the page online. */
export function Letterhead({ mail }: { readonly mail: TemplateProps }): ReactElement {
  const { issue, newsletter, theme } = mail
  const { light, fonts, logo } = theme
  return (
    <>
      {logo === undefined ? null : <Img mail={mail} image={logo} alt={logo.alt} />}
      <p className="a" style={{ margin: '0 0 32px', color: light.accent, fontSize: 16 }}>
        <bdi>{newsletter.name}</bdi>
      </p>
      <Heading mail={mail} as="h1" className="h" style={{ font: `32px/1.2 ${fonts.heading}` }}>
        {issue.title}
      </Heading>
      {issue.subtitle === undefined ? null : (
        <p className="m" style={{ margin: '0 0 16px', color: light.muted, fontStyle: 'italic' }}>
          {issue.subtitle}
        </p>
      )}
      <Text mail={mail} small style={{ margin: '0 0 36px' }}>
        <Byline mail={mail} />
      </Text>
    </>
  )
}

function Byline({ mail }: { readonly mail: TemplateProps }): ReactElement {
  const { issue, words, archiveUrl, language } = mail
  const facts = [
    ...(issue.author === undefined ? [] : [issue.author]),
    formatPeriod(issue.period, language),
    ...(archiveUrl === undefined
      ? []
      : [
          <Link
            key="online"
            mail={mail}
            href={slot('webUrl')}
            tone="muted"
            className={undefined}
            children={words.readOnline}
          />,
        ]),
  ]
  return (
    <>
      {facts.map((fact, index) => (
        <Fragment key={index}>
          {index === 0 ? null : '\u{A0}· '}
          {fact}
        </Fragment>
      ))}
    </>
  )
}
