import { ToCome } from '../to-come.tsx'

/** What the issue is made of. */
export function TreeView() {
  return <ToCome title="Tree" />
}
