import { ToCome } from '../to-come.tsx'

/** The HTML of the mail. */
export function SourceView() {
  return <ToCome title="Source" />
}
