import type { TemplateProps } from 'letterpress/define'
import type { CSSProperties, ReactElement, ReactNode } from 'react'

/** Size and space by depth: the issue, a section, an entry or block, and what authors put inside an entry. */
const SCALE = {
  h1: { size: '32px/1.15', margin: '0 0 12px' },
  h2: { size: '27px/1.25', margin: '44px 0 14px 0' },
  h3: { size: '21px/1.3', margin: '34px 0 8px 0' },
  h4: { size: '17px/1.4', margin: '24px 0 6px 0' },
  h5: { size: '16px/1.4', margin: '20px 0 6px 0' },
  h6: { size: '15px/1.4', margin: '20px 0 6px 0' },
} as const

/**
 * React Email's `Heading` has neither colour nor font, and Word does not hand a cell's font down to headings.
 *
 * @param anchor - place that `#` links lead to: an empty `<a>` with a name, since Gmail and Outlook on Windows find
 * nothing by id alone. It stands inside the heading, where Word makes no empty line of it.
 */
export function Heading({
  mail,
  as: Tag,
  anchor,
  style,
  children,
  ...props
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
    <Tag
      className={'className' in props ? props.className : 't'}
      style={{ margin, color: theme.light.text, font: `bold ${size} ${family}`, ...style }}
    >
      {anchor === undefined ? null : <a {...{ id: anchor, name: anchor }} />}
      {children}
    </Tag>
  )
}
