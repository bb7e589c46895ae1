import type { TemplateProps } from 'letterpress/define'
import type { ComponentPropsWithoutRef, ReactElement } from 'react'

/**
 * React Email's `Link` is blue with 3.97:1 on white, has no underline, and opens `#` links in a new window, which
 * breaks them. This one is underlined, in the theme's accent, and leaves the window to the reader.
 *
 * @param tone - `text` and `muted` for titles and lists of links. Outside a sentence the underline that every client
 * draws by itself is enough.
 */
export function Link({
  mail,
  tone = 'accent',
  style,
  target,
  ...props
}: ComponentPropsWithoutRef<'a'> & {
  readonly mail: TemplateProps
  readonly tone?: 'accent' | 'text' | 'muted'
}): ReactElement {
  const color = mail.theme.light[tone]
  const own = tone === 'accent' ? { color, textDecoration: 'underline' } : { color }
  const window = target !== undefined && !props.href?.startsWith('#') ? { target } : {}
  const className = { accent: undefined, text: 't', muted: 'm' }[tone]
  return <a className={className} {...props} {...window} style={{ ...own, ...style }} />
}
