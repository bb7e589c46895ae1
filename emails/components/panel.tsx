import type { TemplateProps } from 'letterpress/define'
import type { CSSProperties, ReactElement, ReactNode } from 'react'

/**
 * A box set off from the running text: a table, since Word pads and colours nothing else reliably.
 *
 * @param bare - on the ground of the sheet itself and with square corners; `style` draws its lines.
 */
export function Panel({
  mail,
  bare = false,
  className = bare ? undefined : 'n t',
  bgcolor = bare ? undefined : mail.theme.light.panel,
  style,
  children,
}: {
  readonly mail: TemplateProps
  readonly bare?: boolean
  readonly className?: string | undefined
  readonly bgcolor?: string | undefined
  readonly style?: CSSProperties
  readonly children: ReactNode
}): ReactElement {
  const { light, radius: borderRadius } = mail.theme
  const face = bare ? {} : { borderRadius, color: light.text }
  return (
    <table role="presentation" width="100%" cellSpacing={0} style={{ margin: '28px 0' }}>
      <tr>
        <td
          {...{ bgcolor }}
          className={className}
          style={{ padding: '24px 24px 8px', fontSize: 16, lineHeight: 1.6, ...face, ...style }}
        >
          {children}
        </td>
      </tr>
    </table>
  )
}
