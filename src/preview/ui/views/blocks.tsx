import { ToCome } from '../to-come.tsx'

/** Every block by its own example. */
export function BlocksPage() {
  return <ToCome title="Blocks" />
}
