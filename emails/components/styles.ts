import type { Palette, Theme } from 'letterpress/define'

/*
 * Classes, one letter each since they stand on every part:
 * backgrounds p page, s sheet (with text colour), n panel; colours t text, m muted, a accent; borders l line, r accent, k text
 * b button, o outlined button; w around the sheet, x its padding, h the title of the issue
 */

function colourRules({ accent, text, muted, buttonText }: Palette, scope: string): string {
  const rules = [
    [['a', '.a'], accent],
    [['.s', '.t'], text],
    [['.m'], muted],
    [['.b'], buttonText],
  ] as const
  const colours = rules.map(
    ([selectors, colour]) => `${selectors.map((selector) => scope + selector).join()}{color:${colour}!important}`,
  )
  return `${colours.join('')}${scope}h3 a{text-decoration-color:${accent}}`
}

function backgroundRules({ page, sheet, panel, button, accent, line, text }: Palette, scope: string): string {
  const rules = [
    ['.p', page],
    ['.s', sheet],
    ['.n', panel],
    ['.b', button],
  ] as const
  const borders = [
    ['.b', button],
    ['.o', accent],
    ['.r', button],
    ['.k', text],
    ['.l', line],
  ] as const
  return [
    ...rules.map(([selector, colour]) => `${scope}${selector}{background-color:${colour}!important}`),
    ...borders.map(([selector, colour]) => `${scope}${selector}{border-color:${colour}!important}`),
  ].join('')
}

/**
 * The mail's style sheet. Everything in it improves a mail that reads well without: wider margins from 600 px, and
 * the dark palette, for clients with the media query and for Outlook's apps, which mark what they recolour.
 *
 * @see https://www.caniemail.com/features/css-at-media-prefers-color-scheme/
 */
export function buildStyles(theme: Theme): string {
  return [
    ':root{color-scheme:light dark;supported-color-schemes:light dark}',
    'body{-webkit-text-size-adjust:100%;text-size-adjust:100%}',
    // For clients in quirks mode, where tables inherit no font.
    `td,th{font-family:${theme.fonts.body}}`,
    'code{padding:1px 4px;border-radius:3px}',
    // Thin lines under large titles; elsewhere the client's own.
    `a{text-decoration-thickness:1px!important;text-underline-offset:3px}h3 a{text-decoration-color:${theme.light.accent}}`,
    // iOS turns dates and numbers into blue links of its own.
    'a[x-apple-data-detectors]{color:inherit!important;text-decoration:none!important}',
    '@media(min-width:600px){.w{padding:28px 0 36px!important}.x{padding-left:48px!important;padding-right:48px!important}.h{font-size:40px!important}}',
    `@media(prefers-color-scheme:dark){${colourRules(theme.dark, '')}${backgroundRules(theme.dark, '')}}`,
    colourRules(theme.dark, '[data-ogsc] '),
    backgroundRules(theme.dark, '[data-ogsb] '),
  ].join('\n')
}

/** Read by classic Outlook alone: Word sets paragraphs and cells in Times unless told otherwise, and pads tables. */
export function buildWordStyles({ fonts }: Theme): string {
  return `<style>td,th,p,li,h4,h5,h6{font-family:${fonts.body}}h1,h2,h3{font-family:${fonts.heading}}table{border-collapse:collapse;mso-table-lspace:0;mso-table-rspace:0}</style>`
}
