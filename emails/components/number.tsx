import type { TemplateProps } from 'letterpress/define'
import type { ReactElement } from 'react'

/** The number before a title, in the accent, as rubrics were set in red. */
export function Number({ mail, children }: { readonly mail: TemplateProps; readonly children: string }): ReactElement {
  return (
    <>
      <span className="a" style={{ color: mail.theme.light.accent }}>
        {children}
      </span>
      {'\u{2002}'}
    </>
  )
}
