import type { TemplateProps } from 'letterpress/define'
import type { ReactElement, ReactNode } from 'react'

/**
 * Title of a block. No heading, since it belongs to no level of the issue: the headings of a mail are its title,
 * sections and entries, whatever stands between them.
 */
export function Title({
  mail,
  children,
}: {
  readonly mail: TemplateProps
  readonly children: ReactNode
}): ReactElement {
  const { fonts } = mail.theme
  return <p style={{ margin: '0 0 8px', font: `bold 20px/1.3 ${fonts.heading}` }}>{children}</p>
}
