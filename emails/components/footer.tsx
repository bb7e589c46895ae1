import { slot, type TemplateProps } from 'letterpress/define'
import { Fragment, type ReactElement } from 'react'
import { Container } from './container.tsx'
import { Link } from './link.tsx'
import { startOf } from './sides.ts'

/**
 * Why the reader gets this, who sends it, and the way out. Every mail has the link to unsubscribe.
 * The configuration is in one language and issues may be in another, so its sentences find their own direction.
 *
 * @param row - for the `foot` of a container: it saves a table, and the way to the page online, which the masthead has.
 */
export function Footer({ mail, row = false }: { readonly mail: TemplateProps; readonly row?: boolean }): ReactElement {
  const style = { padding: '24px 20px 40px', color: mail.theme.light.muted, fontSize: 14, lineHeight: 1.6 }
  if (!row) {
    return (
      <Container mail={mail} className="m x" style={style}>
        <Lines mail={mail} online={mail.archiveUrl !== undefined} />
      </Container>
    )
  }
  return (
    <tr>
      <td align={startOf(mail)} className="m x" style={style}>
        <Lines mail={mail} online={false} />
      </td>
    </tr>
  )
}

function Lines({ mail, online }: { readonly mail: TemplateProps; readonly online: boolean }): ReactElement {
  const { newsletter, words } = mail
  const links = [
    [words.unsubscribe, slot('unsubscribeUrl')],
    ...(newsletter.url === undefined ? [] : [[words.preferences, slot('preferencesUrl')]]),
    ...(online ? [[words.readOnline, slot('webUrl')]] : []),
  ] as const
  return (
    <>
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
            <Link mail={mail} href={href} tone="muted" className={undefined}>
              {label}
            </Link>
          </Fragment>
        ))}
      </p>
    </>
  )
}
