import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** Families of the test browser, by npm package: one for every script in the shipped issues, the same on every machine. */
const FONTS = [
  { family: 'Arimo', package: 'arimo', styles: ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'] },
  { family: 'Gelasio', package: 'gelasio', styles: ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'] },
  { family: 'Cousine', package: 'cousine', styles: ['400Regular', '700Bold'] },
  { family: 'Noto Sans Arabic', package: 'noto-sans-arabic', styles: ['400Regular', '700Bold'] },
  { family: 'Noto Sans JP', package: 'noto-sans-jp', styles: ['400Regular', '700Bold'] },
  { family: 'Noto Color Emoji', package: 'noto-color-emoji', styles: ['400Regular'] },
] as const

/**
 * Names in style sheets that must not lead outside the list. Arimo has the metrics of Arial, Gelasio of Georgia and
 * Cousine of Courier New, so that a picture shows about what readers see.
 */
const ALIASES: readonly (readonly [family: string, names: readonly string[]])[] = [
  ['Arimo', ['Arial', 'Helvetica', 'Helvetica Neue', 'sans-serif', 'system-ui']],
  ['Gelasio', ['Georgia', 'serif', 'Times New Roman']],
  ['Cousine', ['Courier New', 'Menlo', 'Consolas', 'monospace']],
]

/**
 * Writes a fontconfig file that knows the fonts from npm and no others.
 *
 * @param folder - where the file and fontconfig's own cache go.
 * @returns the file's path, for `FONTCONFIG_FILE`.
 */
export function writeFontsConf(folder: string): string {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'fonts.conf')
  // Several test processes start at once; each must find the file whole.
  writeFileSync(`${file}.${process.pid}`, buildFontsConf(folder))
  renameSync(`${file}.${process.pid}`, file)
  return file
}

function buildFontsConf(folder: string): string {
  const folders = FONTS.flatMap((font) => {
    const home = dirname(require.resolve(`@expo-google-fonts/${font.package}/package.json`))
    return font.styles.map((style) => join(home, style))
  })
  const aliases = ALIASES.flatMap(([first, names]) => {
    const others = FONTS.filter(({ family }) => family !== first).map(({ family }) => `<family>${family}</family>`)
    const prefer = `<prefer><family>${first}</family>${others.join('')}</prefer>`
    return names.map((name) => `<alias binding="same"><family>${name}</family>${prefer}</alias>`)
  })
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    ...folders.map((path) => `<dir>${path.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</dir>`),
    `<cachedir>${join(folder, 'fontconfig')}</cachedir>`,
    ...aliases,
    '<match target="font"><edit name="hinting" mode="assign"><bool>false</bool></edit>',
    '<edit name="antialias" mode="assign"><bool>true</bool></edit>',
    '<edit name="rgba" mode="assign"><const>none</const></edit></match>',
    '</fontconfig>',
    '',
  ].join('\n')
}
