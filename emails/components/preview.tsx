import type { ReactElement, ReactNode } from 'react'

/**
 * The line a mailbox shows after the subject. React Email's `Preview` adds a second `<title>` and 1.6 kB of invisible
 * filler, which text browsers print and Google's rules on hidden text forbid. This is the one hidden text of a mail.
 */
export function Preview(props: { readonly children: ReactNode }): ReactElement {
  // Word knows `mso-hide` alone.
  const style = { display: 'none', msoHide: 'all' }
  return <div style={style}>{props.children}</div>
}
