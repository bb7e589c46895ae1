import type { Palette, Theme } from 'letterpress/define'

/*
 * Classes, one letter each since they stand on every part:
 * backgrounds p page, s sheet (with text colour), n panel; colours t text, m muted, a accent; borders l line, r accent
 * b button; w around the sheet, x its padding, h the title of the issue
 */

function colourRules({ accent, text, muted, buttonText }: Palette, scope: string): string {
  const rules = [
    [['a', '.a'], accent],
    [['.s', '.t', 'h3 a'], text],
    [['.m', '.m a'], muted],
    [['.b'], buttonText],
  ] as const
  const colours = rules.map(
    ([selectors, colour]) => `${selectors.map((selector) => scope + selector).join()}{color:${colour}!important}`,
  )
  return colours.join('')
}

function backgroundRules({ page, sheet, panel, button, line }: Palette, scope: string): string {
  const backgrounds = [
    [['.p'], page],
    [['.s'], sheet],
    [['.n', 'code'], panel],
    [['.b'], button],
  ] as const
  const rules = backgrounds.map(
    ([selectors, colour]) => `${selectors.map((selector) => scope + selector).join()}{background:${colour}!important}`,
  )
  return `${rules.join('')}${scope}.l{border-color:${line}!important}`
}

/**
 * The mail's style sheet. Everything in it improves a mail that reads well without: wider margins from 600 px, and
 * the dark palette, for clients with the media query and for Outlook's apps, which mark what they recolour.
 *
 * @see https://www.caniemail.com/features/css-at-media-prefers-color-scheme/
 */
export function buildStyles({ light, dark, fonts }: Theme): string {
  return [
    ':root{color-scheme:light dark;-webkit-text-size-adjust:100%}',
    `code{padding:1px 4px;border-radius:3px;background:${light.panel};font-size:.88em}code,pre{font-family:${fonts.code}}`,
    // Without a line height of its own a raised figure pushes lines apart.
    'sup,sub{font-size:75%;line-height:0}',
    // Thin lines under large titles; elsewhere the client's own.
    `a{text-decoration-thickness:1px!important;text-underline-offset:3px}h3 a{text-decoration-color:${light.accent}}`,
    '@media(min-width:600px){.w{padding:28px 0 36px!important}.x{padding-left:48px!important;padding-right:48px!important}.h{font-size:40px!important}}',
    `@media(prefers-color-scheme:dark){${colourRules(dark, '')}${backgroundRules(dark, '')}h3 a{text-decoration-color:${dark.accent}}.r{border-color:${dark.button}!important}}`,
    colourRules(dark, '[data-ogsc] '),
    backgroundRules(dark, '[data-ogsb] '),
  ].join('')
}

/**
 * Read by classic Outlook alone: Word sets paragraphs and cells in Times unless told otherwise, pads tables, and pads
 * code and buttons only by a border, wide blanks and raised text.
 */
export function buildWordStyles({ light, fonts }: Theme): string {
  return `<style>${[
    `td,th,p,li{font-family:${fonts.body}}`,
    `code,pre{font-family:${fonts.code}}`,
    `pre{border:6pt solid ${light.panel}}`,
    'table{border-collapse:collapse;mso-table-lspace:0;mso-table-rspace:0}',
    '.i,.k{mso-font-width:150%}.i{mso-text-raise:24pt}.j{mso-text-raise:12pt}',
  ].join('')}</style>`
}
