/** What a width stands for. */
export type DeviceKind = 'phone' | 'tablet' | 'desktop' | 'full'

/** Widths a handle can reach, CSS pixels. */
export const NARROWEST = 240
export const WIDEST = 1600

/** Screens as high as they are: iPhone SE, 13 mini and 11 (CSS pixels), a tablet. */
const HEIGHTS: Readonly<Record<string, number>> = { '320': 568, '375': 812, '414': 896, '768': 1024 }

/** @param device - of an address: a width in CSS pixels, or `full`. */
export function kindOf(device: string): DeviceKind {
  const width = Number(device)
  if (Number.isNaN(width)) return 'full'
  return width <= 480 ? 'phone' : width <= 900 ? 'tablet' : 'desktop'
}

/** @returns CSS pixels; undefined: as high as there is room. */
export function heightOf(device: string): number | undefined {
  const kind = kindOf(device)
  if (kind === 'desktop' || kind === 'full') return undefined
  return HEIGHTS[device] ?? Math.round(Number(device) * (kind === 'phone' ? 2.1 : 1.33))
}

export function limitWidth(width: number): number {
  return Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)))
}
