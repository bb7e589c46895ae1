import type { TemplateProps } from 'letterpress/define'
import type { ReactElement } from 'react'

/** The number before a title, in the accent. Set in the text face: Georgia's figures hang below the line. */
export function Number({ mail, children }: { readonly mail: TemplateProps; readonly children: string }): ReactElement {
  const { light, fonts } = mail.theme
  return (
    <>
      <span className="a" style={{ color: light.accent, fontFamily: fonts.body }}>
        {children}
      </span>
      {'\u{2002}'}
    </>
  )
}
