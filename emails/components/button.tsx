import type { TemplateProps } from 'letterpress/define'
import type { CSSProperties, ReactElement, ReactNode } from 'react'
import { Mso } from './mso.tsx'

/**
 * A link with the body of a button, 48 px high. Word drops padding on links, so in Outlook a wide blank on either side
 * and raised text take its place, and the whole face can be clicked without VML that repeats label and address.
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
      ? { color: buttonText, backgroundColor: button, border: `1px solid ${button}` }
      : { color: accent, border: `1px solid ${accent}` }
  const box = {
    display: 'inline-block',
    padding: '13px 22px',
    borderRadius: theme.radius,
    fontSize: 16,
    fontWeight: 'bold',
    lineHeight: '20px',
    textDecoration: 'none',
    msoPaddingAlt: 0,
    ...face,
    ...style,
  }
  return (
    <a href={href} className={kind === 'first' ? 'b' : 'o'} style={box}>
      <Mso html='<i hidden style="mso-font-width:150%;mso-text-raise:24pt">&emsp;</i><span style="mso-text-raise:12pt">' />
      {children}
      <Mso html='</span><i hidden style="mso-font-width:150%">&emsp;&#8203;</i>' />
    </a>
  )
}
