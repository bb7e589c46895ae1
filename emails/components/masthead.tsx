import { formatPeriod, slot, type TemplateProps } from 'letterpress/define'
import type { ReactElement } from 'react'
import { Heading } from './heading.tsx'
import { Img } from './img.tsx'
import { Link } from './link.tsx'
import { Text } from './text.tsx'

/** Name of the newsletter, which issue of when, and the title of the issue. */
export function Masthead({ mail }: { readonly mail: TemplateProps }): ReactElement {
  const { issue, theme } = mail
  return (
    <>
      <Nameplate mail={mail} />
      <Heading mail={mail} as="h1" className="h">
        {issue.title}
      </Heading>
      {issue.subtitle === undefined ? null : (
        <p className="m" style={{ margin: '0 0 16px', color: theme.light.muted }}>
          {issue.subtitle}
        </p>
      )}
      {issue.author === undefined ? null : (
        <Text mail={mail} style={{ margin: '0 0 28px' }}>
          <b>{issue.author}</b>
        </Text>
      )}
    </>
  )
}

function Nameplate({ mail }: { readonly mail: TemplateProps }): ReactElement {
  const { issue, newsletter, theme, words, archiveUrl, language } = mail
  const { logo } = theme
  const facts = [
    issue.number === undefined ? [] : words.issue(issue.number),
    formatPeriod(issue.period, language),
  ].flat()
  return (
    <>
      {logo === undefined ? null : <Img mail={mail} image={logo} alt={logo.alt} />}
      <p style={{ margin: 0, font: `bold 24px/1.25 ${theme.fonts.heading}` }}>
        <bdi>{newsletter.name}</bdi>
      </p>
      <Text mail={mail} small style={{ margin: '4px 0 36px' }}>
        {facts.join('\u{A0}· ')}
        {archiveUrl === undefined ? null : (
          <>
            {'\u{A0}· '}
            <Link mail={mail} href={slot('webUrl')} tone="muted" className={undefined}>
              {words.readOnline}
            </Link>
          </>
        )}
      </Text>
    </>
  )
}
