import type { TemplateProps } from 'letterpress/define'
import type { CSSProperties, ReactElement, ReactNode } from 'react'
import { Anchor } from './anchor.tsx'

/** Size and space by depth: the issue, a section, an entry or block, and what authors put inside an entry. */
const SCALE = {
  h1: { size: '32px/1.15', margin: '0 0 12px' },
  h2: { size: '27px/1.25', margin: '44px 0 14px' },
  h3: { size: '21px/1.3', margin: '34px 0 8px' },
  h4: { size: '17px/1.4', margin: '24px 0 6px' },
  h5: { size: '16px/1.4', margin: '20px 0 6px' },
  h6: { size: '15px/1.4', margin: '20px 0 6px' },
} as const

/**
 * React Email's `Heading` has no font, and Word does not hand a cell's font down to headings.
 *
 * @param anchor - place that `#` links lead to. It stands inside the heading, where Word makes no empty line of it.
 */
export function Heading({
  mail,
  as: Tag,
  anchor,
  className,
  style,
  children,
}: {
  readonly mail: TemplateProps
  readonly as: keyof typeof SCALE
  readonly anchor?: string
  readonly className?: string | undefined
  readonly style?: CSSProperties
  readonly children: ReactNode
}): ReactElement {
  const { theme } = mail
  const { size, margin } = SCALE[Tag]
  const family = Tag === 'h1' || Tag === 'h2' || Tag === 'h3' ? theme.fonts.heading : theme.fonts.body
  return (
    <Tag className={className} style={{ margin, font: `bold ${size} ${family}`, ...style }}>
      {anchor === undefined ? null : <Anchor name={anchor} />}
      {children}
    </Tag>
  )
}
