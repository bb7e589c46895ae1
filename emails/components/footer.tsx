import { slot, type TemplateProps } from 'letterpress/define'
import { Fragment, type ReactElement } from 'react'
import { Container } from './container.tsx'
import { Link } from './link.tsx'

/**
 * Why the reader gets this, who sends it, and the way out. Every mail has the link to unsubscribe.
 * The configuration is in one language and issues may be in another, so its sentences find their own direction.
 */
export function Footer({ mail }: { readonly mail: TemplateProps }): ReactElement {
  const { newsletter, theme, words, archiveUrl } = mail
  const links = [
    [words.unsubscribe, slot('unsubscribeUrl')],
    ...(newsletter.url === undefined ? [] : [[words.preferences, slot('preferencesUrl')]]),
    ...(archiveUrl === undefined ? [] : [[words.readOnline, slot('webUrl')]]),
  ] as const
  const color = theme.light.muted
  const text = { padding: '24px 20px 40px', color, fontFamily: theme.fonts.body, fontSize: 14, lineHeight: 1.6 }
  return (
    <Container mail={mail} className="m x" style={text}>
      {newsletter.reason === undefined ? null : (
        <p style={{ margin: '0 0 4px' }}>
          <bdi>{newsletter.reason}</bdi>
        </p>
      )}
      <p style={{ margin: '0 0 12px' }}>
        <bdi>{[newsletter.name, newsletter.postalAddress].filter((part) => part !== undefined).join(', ')}</bdi>
      </p>
      <p style={{ margin: 0, lineHeight: '28px' }}>
        {links.map(([label, href], index) => (
          <Fragment key={href}>
            {index === 0 ? null : ' \u{A0}·\u{A0} '}
            <Link mail={mail} href={href} tone="muted">
              {label}
            </Link>
          </Fragment>
        ))}
      </p>
    </Container>
  )
}
