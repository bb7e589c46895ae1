import { ToCome } from '../to-come.tsx'

/** Sends: all of them, or one. */
export function RunsPage() {
  return <ToCome title="Sends" />
}
