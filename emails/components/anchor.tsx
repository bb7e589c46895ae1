import type { ReactElement } from 'react'

/** A place that `#` links lead to. An empty `<a>` with a name: Gmail and Outlook on Windows find nothing by id. */
export function Anchor({ name }: { readonly name: string }): ReactElement {
  // React's types know no name on links, which HTML calls obsolete but conforming.
  const attributes: object = { name }
  return <a {...attributes} />
}
