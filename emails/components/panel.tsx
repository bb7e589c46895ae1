import type { TemplateProps } from 'letterpress/define'
import type { CSSProperties, ReactElement, ReactNode } from 'react'

/** A box set off from the running text: a table, since Word pads and colours nothing else reliably. */
export function Panel({
  mail,
  className = 'n',
  bgcolor = mail.theme.light.panel,
  style,
  children,
}: {
  readonly mail: TemplateProps
  readonly className?: string
  readonly bgcolor?: string
  readonly style?: CSSProperties
  readonly children: ReactNode
}): ReactElement {
  const { theme } = mail
  return (
    <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} style={{ margin: '28px 0' }}>
      <tr>
        <td
          {...{ bgcolor }}
          className={`${className} t`}
          style={{
            padding: '24px 24px 8px',
            borderRadius: theme.radius,
            color: theme.light.text,
            fontSize: 16,
            lineHeight: 1.6,
            ...style,
          }}
        >
          {children}
        </td>
      </tr>
    </table>
  )
}
