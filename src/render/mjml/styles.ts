import type { Palette, Theme } from '../theme.ts'

/**
 * Style sheet for what bodies and titles print, light and dark; `{{ styles }}` in `mj-style`. Everything in it improves
 * a mail that reads well without. Classes, one letter each since they stand on every part, as in `emails/`:
 *
 * - backgrounds: `p` page, `s` sheet, `n` panel
 * - colours: `t` text, `m` muted, `a` accent; every link outside them has the accent
 * - `l` a line, `k` a strong one, `d` a table of data, `b` a filled button, `o` an outlined one
 *
 * @see https://www.caniemail.com/features/css-at-media-prefers-color-scheme/
 */
export function buildStyles({ light, dark, fonts }: Theme): string {
  return [
    ':root{color-scheme:light dark}',
    // Corners of cells are round in separate borders alone; MJML collapses them.
    'table{border-collapse:separate}',
    'p{margin:0 0 16px}li{margin:0 0 8px}sup,sub{font-size:75%;line-height:0}',
    `code{font-family:${fonts.code};font-size:88%}`,
    // A row of blanks in code, before a comment for one, would hang beyond the edge of its box.
    'pre{white-space:break-spaces!important}',
    `.d td,.d th{border-bottom:1px solid ${light.line}}`,
    // Thin lines under large titles; elsewhere the client's own.
    'a{text-decoration-thickness:1px!important;text-underline-offset:3px}',
    // iOS turns dates and numbers into blue links of its own.
    'a[x-apple-data-detectors]{color:inherit!important;text-decoration:none!important}',
    `@media(prefers-color-scheme:dark){${colourRules(dark, '')}${backgroundRules(dark)}${faceRules(dark, '')}}`,
    // Outlook's apps mark what they recolour; the dark that they find for page and sheet is as good as ours.
    colourRules(dark, '[data-ogsc] '),
    faceRules(dark, '[data-ogsb] '),
  ].join('')
}

function colourRules({ text, accent, muted, buttonText }: Palette, scope: string): string {
  const rules = [
    [['.s div', '.t'], text],
    [['a', '.a', 'h2 span', 'h3 span'], accent],
    [['.m', '.s .m'], muted],
    [['.b'], buttonText],
  ] as const
  return writeRules(rules, 'color', scope)
}

function backgroundRules({ page, sheet, button, accent, text, line }: Palette): string {
  const grounds = [
    [['.p'], page],
    [['.s', '.s>table'], sheet],
  ] as const
  const borders = [
    [['.l', '.d td', '.d th'], line],
    [['.k'], text],
    [['.b'], button],
    [['.o'], accent],
  ] as const
  return writeRules(grounds, 'background-color', '') + writeRules(borders, 'border-color', '')
}

function faceRules({ panel, button }: Palette, scope: string): string {
  const faces = [
    [['.n'], panel],
    [['.b'], button],
  ] as const
  return writeRules(faces, 'background-color', scope)
}

// Inline styles give way to `!important` alone.
function writeRules(
  rules: readonly (readonly [selectors: readonly string[], colour: string])[],
  property: string,
  scope: string,
): string {
  return rules
    .map(([names, colour]) => `${names.map((name) => scope + name).join()}{${property}:${colour}!important}`)
    .join('')
}
