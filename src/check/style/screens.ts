import type { Screen } from './media.ts'

/** Screens that rules look at a mail on: a wide window and a small phone, in both schemes. */
export const LIGHT: Screen = { scheme: 'light', widthPx: 1024 }
export const LIGHT_PHONE: Screen = { scheme: 'light', widthPx: 320 }
export const DARK: Screen = { scheme: 'dark', widthPx: 1024 }
export const DARK_PHONE: Screen = { scheme: 'dark', widthPx: 320 }
export const SCREENS: readonly Screen[] = [LIGHT, LIGHT_PHONE, DARK, DARK_PHONE]

/** A client that knows no media queries. */
export const PLAIN: Screen = {}
