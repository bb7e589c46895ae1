import { ToCome } from '../to-come.tsx'

/** What a send would do. */
export function PlanView() {
  return <ToCome title="Plan" />
}
