import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

/** The colour of a printer's mark. */
const brick: MantineColorsTuple = [
  '#fdf0ec',
  '#f8dcd3',
  '#f2bba9',
  '#f2a488',
  '#dd7a57',
  '#c95c36',
  '#b8502f',
  '#9b3a1d',
  '#7f2e16',
  '#632310',
]

export const theme = createTheme({
  colors: { brick },
  primaryColor: 'brick',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace',
  headings: {
    fontFamily: '"Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", Georgia, serif',
    fontWeight: '600',
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Modal: {
      defaultProps: {
        centered: true,
        // The page's policy knows no style element of the library that would lock it; nothing scrolls behind anyway.
        lockScroll: false,
        closeButtonProps: { 'aria-label': 'Close' },
        overlayProps: { backgroundOpacity: 0.35 },
        // Its <header> would be a second banner.
        attributes: { header: { role: 'presentation' } },
      },
    },
  },
})

/** Mantine's own surfaces in the warm tones of styles/tokens.css. */
export const resolveVariables: CSSVariablesResolver = () => {
  const surfaces = {
    '--mantine-color-body': 'var(--main)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--muted)',
    '--mantine-color-default': 'var(--card)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line)',
    '--mantine-color-error': 'var(--error-ink)',
    '--mantine-color-placeholder': 'var(--muted)',
  }
  return { variables: {}, light: surfaces, dark: surfaces }
}
