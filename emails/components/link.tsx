import type { TemplateProps } from 'letterpress/define'
import type { ComponentPropsWithoutRef, ReactElement } from 'react'

/**
 * React Email's `Link` is blue with 3.97:1 on white, has no underline, and opens `#` links in a new window, which
 * breaks them. This one is underlined, in the theme's accent, and leaves the window to the reader.
 */
export function Link({
  mail,
  style,
  target,
  ...props
}: ComponentPropsWithoutRef<'a'> & { readonly mail: TemplateProps }): ReactElement {
  const colour = { color: mail.theme.light.accent, textDecoration: 'underline' }
  const elsewhere = target !== undefined && !props.href?.startsWith('#')
  return <a {...props} {...(elsewhere ? { target } : {})} style={{ ...colour, ...style }} />
}
