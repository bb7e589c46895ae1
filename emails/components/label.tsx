import type { TemplateProps } from 'letterpress/define'
import type { ReactElement, ReactNode } from 'react'

/** The small line above a title: "Sponsored". Spaced capitals where the script has them; spacing would cut Arabic joins. */
export function Label({
  mail,
  children,
}: {
  readonly mail: TemplateProps
  readonly children: ReactNode
}): ReactElement {
  const capitals = mail.direction === 'ltr' ? ({ textTransform: 'uppercase', letterSpacing: 1 } as const) : {}
  return (
    <p
      className="m"
      style={{
        margin: '0 0 6px',
        color: mail.theme.light.muted,
        fontSize: 12,
        fontWeight: 'bold',
        ...capitals,
      }}
    >
      {children}
    </p>
  )
}
