import { ToCome } from '../to-come.tsx'

/** Devices, schemes and readers side by side. */
export function GridView() {
  return <ToCome title="Grid" />
}
