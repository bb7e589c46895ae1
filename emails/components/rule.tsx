import type { TemplateProps } from 'letterpress/define'
import type { ReactElement } from 'react'
import { Hr } from 'react-email'

/** A line across the sheet between its parts: React Email's, in the theme's colour. */
export function Rule({ mail }: { readonly mail: TemplateProps }): ReactElement {
  return <Hr className="l" style={{ margin: '40px 0 28px 0', borderTop: `1px solid ${mail.theme.light.line}` }} />
}
