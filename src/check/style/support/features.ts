import data from './client-data.json' with { type: 'json' }
import { type Client, CLIENTS } from './clients.ts'

/** What rules ask caniemail.com about, by its own names. */
export const FEATURES = [
  'css-background-clip',
  'css-background-image',
  'css-display-flex',
  'css-display-grid',
  'css-float',
  'css-function-clamp',
  'css-function-max',
  'css-function-min',
  'css-grid-template',
  'css-linear-gradient',
  'css-max-width',
  'css-modern-color',
  'css-nesting',
  'css-position',
  'css-pseudo-element-after',
  'css-pseudo-element-before',
  'css-radial-gradient',
  'css-rgba',
  'css-unit-calc',
  'css-unit-rem',
  'css-variables',
  'html-audio',
  'html-button-submit',
  'html-dialog',
  'html-link',
  'html-select',
  'html-svg',
  'html-textarea',
  'html-video',
] as const

export type Feature = (typeof FEATURES)[number]

/** The day of the data, as in `2026-05-13`. */
export const DATA_DATE: string = data.date

/** The clients that drop any of these features. */
export function listDropping(features: readonly Feature[]): Client[] {
  const drops: Readonly<Record<string, readonly string[]>> = data.drops
  const names = new Set(features.flatMap((feature) => drops[feature] ?? []))
  return CLIENTS.filter((client) => names.has(client))
}
