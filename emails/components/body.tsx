import type { TemplateProps } from 'letterpress/define'
import type { ReactElement, ReactNode } from 'react'

/**
 * React Email's `Body` fixes lang="en" and dir="ltr" (react-email#3652). Webmail drops `html` and `body` with their
 * attributes, so the outermost table carries language, direction and background once more, and its cell the face of the text.
 */
export function Body({ mail, children }: { readonly mail: TemplateProps; readonly children: ReactNode }): ReactElement {
  const { language: lang, direction: dir, theme } = mail
  const bgcolor = theme.light.page
  return (
    <body {...{ bgcolor }} className="p" lang={lang} dir={dir} style={{ margin: 0 }}>
      <table
        role="presentation"
        className="p"
        lang={lang}
        dir={dir}
        width="100%"
        cellPadding={0}
        cellSpacing={0}
        bgcolor={bgcolor}
      >
        <tr>
          <td className="w" style={{ fontFamily: theme.fonts.body }}>
            {children}
          </td>
        </tr>
      </table>
    </body>
  )
}
