import type { TemplateProps } from 'letterpress/define'
import type { ReactElement } from 'react'

/** A line across the sheet between its parts. React Email's `Hr` says its width and colour twice. */
export function Rule({ mail }: { readonly mail: TemplateProps }): ReactElement {
  return (
    <hr className="l" style={{ margin: '40px 0 28px', border: 0, borderTop: `1px solid ${mail.theme.light.line}` }} />
  )
}
