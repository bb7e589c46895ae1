import type { TemplateProps } from 'letterpress/define'
import type { CSSProperties, ReactElement, ReactNode } from 'react'

/**
 * React Email's `Text` repeats size, line height and four margins on every paragraph. Here a paragraph inherits from
 * its cell and says only what clients reset: its margins.
 *
 * @param small - for dates, sources and captions: smaller and muted.
 */
export function Text({
  mail,
  small = false,
  style,
  children,
}: {
  readonly mail: TemplateProps
  readonly small?: boolean
  readonly style?: CSSProperties
  readonly children: ReactNode
}): ReactElement {
  if (!small) return <p style={{ margin: '0 0 16px', ...style }}>{children}</p>
  return (
    <p className="m" style={{ margin: '0 0 12px', color: mail.theme.light.muted, fontSize: 14, ...style }}>
      {children}
    </p>
  )
}
