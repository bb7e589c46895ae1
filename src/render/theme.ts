/** Colours of one appearance; every pair text/background keeps WCAG AA (4.5:1). Six-digit hex only: Outlook drops others. */
export interface Palette {
  /** Behind the sheet. */
  readonly page: string
  /** Behind the text. */
  readonly sheet: string
  readonly text: string
  /** Dates, captions, footer. */
  readonly muted: string
  /** Links and numbers. */
  readonly accent: string
  readonly button: string
  readonly buttonText: string
  /** Behind calls to action, code and table headers. */
  readonly panel: string
  readonly line: string
}

/** How the mails of a newsletter look. */
export interface Theme {
  readonly light: Palette
  readonly dark: Palette
  readonly fonts: { readonly body: string; readonly heading: string; readonly code: string }
  /** Corner radius in CSS pixels. */
  readonly radius: number
  /** Width of the sheet in CSS pixels; 480 to 720. */
  readonly width: number
  /** Above the masthead; `src` an https URL. */
  readonly logo?: { readonly src: string; readonly alt: string; readonly width: number; readonly height: number }
}

/** What a newsletter changes of the built-in theme; the rest stays as it is. */
export type ThemeInput = Partial<Omit<Theme, 'light' | 'dark' | 'fonts'>> & {
  readonly light?: Partial<Palette>
  readonly dark?: Partial<Palette>
  readonly fonts?: Partial<Theme['fonts']>
}
