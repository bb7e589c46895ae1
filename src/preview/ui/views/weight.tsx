import { ToCome } from '../to-come.tsx'

/** What each part weighs, and how far it is to Gmail's limit. */
export function WeightView() {
  return <ToCome title="Weight" />
}
