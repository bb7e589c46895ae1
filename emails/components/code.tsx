import type { TemplateProps } from 'letterpress/define'
import type { ReactElement } from 'react'

/** Code in a line; always left to right, also among Arabic words. */
export function CodeSpan({ mail, value }: { readonly mail: TemplateProps; readonly value: string }): ReactElement {
  const { fonts, light } = mail.theme
  return (
    <code
      className="n"
      dir={mail.direction === 'rtl' ? 'ltr' : undefined}
      style={{ backgroundColor: light.panel, font: `.88em ${fonts.code}` }}
    >
      {value}
    </code>
  )
}

/** A block of code. Long lines wrap: mail on a phone cannot scroll sideways within a part everywhere. */
export function CodeBlock({ mail, value }: { readonly mail: TemplateProps; readonly value: string }): ReactElement {
  const { fonts, light, radius } = mail.theme
  return (
    <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} style={{ margin: '4px 0 20px 0' }}>
      <tr>
        <td
          {...{ bgcolor: light.panel }}
          className="n t"
          dir="ltr"
          align="left"
          style={{ padding: '14px 16px', borderRadius: radius, color: light.text }}
        >
          <pre
            style={{
              margin: 0,
              font: `14px/1.6 ${fonts.code}`,
              whiteSpace: 'pre-wrap',
            }}
          >
            {value}
          </pre>
        </td>
      </tr>
    </table>
  )
}
