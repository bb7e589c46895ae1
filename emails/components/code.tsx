import type { TemplateProps } from 'letterpress/define'
import type { ReactElement } from 'react'

/** Code in a line; always left to right, also among Arabic words. Face and ground stand in the style sheet, since every client has a face for it. */
export function CodeSpan({ mail, value }: { readonly mail: TemplateProps; readonly value: string }): ReactElement {
  return <code dir={mail.direction === 'rtl' ? 'ltr' : undefined}>{value}</code>
}

/** A block of code. Long lines wrap: mail on a phone cannot scroll sideways within a part everywhere. */
export function CodeBlock({ mail, value }: { readonly mail: TemplateProps; readonly value: string }): ReactElement {
  const { light, radius } = mail.theme
  return (
    <pre
      className="n"
      dir="ltr"
      style={{
        margin: '4px 0 20px',
        padding: '14px 16px',
        borderRadius: radius,
        background: light.panel,
        fontSize: 14,
        whiteSpace: 'pre-wrap',
        // The direction alone does not undo the alignment of the sheet.
        ...(mail.direction === 'rtl' ? { textAlign: 'left' } : {}),
      }}
    >
      {value}
    </pre>
  )
}
