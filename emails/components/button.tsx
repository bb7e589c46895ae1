import type { TemplateProps } from 'letterpress/define'
import type { CSSProperties, ReactElement, ReactNode } from 'react'
import { Mso } from './mso.tsx'

/**
 * A link with the body of a button, 48 px high. Word drops padding on links, so in Outlook a wide blank on either side
 * and raised text take its place (`buildWordStyles`), and the whole face can be clicked without VML that repeats label and address.
 *
 * @param kind - `first`: filled, for the one thing to do. `second`: outlined.
 * @see https://www.goodemailcode.com/email-code/link-button
 */
export function Button({
  mail,
  href,
  kind = 'first',
  style,
  children,
}: {
  readonly mail: TemplateProps
  readonly href: string
  readonly kind?: 'first' | 'second'
  readonly style?: CSSProperties
  readonly children: ReactNode
}): ReactElement {
  const { theme } = mail
  const { accent, button, buttonText } = theme.light
  const face =
    kind === 'first'
      ? { padding: '11px 23px', color: buttonText, background: button }
      : // A border without a colour has that of the text.
        { padding: '10px 22px', color: accent, border: '1px solid' }
  const box = {
    display: 'inline-block',
    borderRadius: theme.radius,
    textDecoration: 'none',
    msoPaddingAlt: 0,
    ...face,
    ...style,
  }
  return (
    <a href={href} className={kind === 'first' ? 'b' : undefined} style={box}>
      <Mso html="<i hidden class=i>&emsp;</i><span class=j>" />
      <b>{children}</b>
      <Mso html="</span><i hidden class=k>&emsp;&#8203;</i>" />
    </a>
  )
}
