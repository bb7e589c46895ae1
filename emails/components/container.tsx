import type { TemplateProps } from 'letterpress/define'
import type { CSSProperties, ReactElement, ReactNode } from 'react'
import { Mso } from './mso.tsx'
import { startOf } from './sides.ts'

/**
 * One column as wide as the theme's sheet. React Email's `Container` relies on `max-width`, which Outlook up to 2016
 * ignores; a table of fixed width around it, seen by Outlook alone, holds the column together there.
 */
export function Container({
  mail,
  className,
  bgcolor,
  style,
  foot,
  children,
}: {
  readonly mail: TemplateProps
  readonly className?: string
  readonly bgcolor?: string
  readonly style?: CSSProperties
  /** Rows of the table below the column: `<Footer row>`. */
  readonly foot?: ReactNode
  readonly children: ReactNode
}): ReactElement {
  const { width } = mail.theme
  return (
    <>
      <Mso
        html={`<table role="presentation" width="${width}" align="center" border="0" cellpadding="0" cellspacing="0"><tr><td>`}
      />
      <table role="presentation" align="center" width="100%" cellSpacing={0} style={{ maxWidth: width }}>
        <tr>
          <td align={startOf(mail)} {...{ bgcolor }} className={className} style={style}>
            {children}
          </td>
        </tr>
        {foot}
      </table>
      <Mso html="</td></tr></table>" />
    </>
  )
}
