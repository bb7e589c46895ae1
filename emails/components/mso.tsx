import type { ReactElement } from 'react'

/**
 * Raw HTML for classic Outlook only. React cannot print a conditional comment, so this prints a marker that
 * `src/render/expand-mso.ts` replaces. A `template` may stand anywhere, in `head` and between table rows too,
 * and shows nothing where the pass did not run (`email dev`).
 *
 * @see react-email#680: no way to emit `[if mso]`
 */
export function Mso(props: { readonly html: string }): ReactElement {
  return <template data-mso={encodeURIComponent(props.html)} />
}
