import { defineTheme } from 'letterpress/define'

/**
 * Ink, paper and one rubric red, as printers have coloured their numbers and initials for five centuries.
 * No pair is pure black on pure white: apps that invert colours by force keep their contrast that way.
 */
export const theme = defineTheme({
  light: {
    page: '#efeae2',
    sheet: '#fffdf9',
    text: '#26221e',
    muted: '#6b635a',
    accent: '#a3301b',
    button: '#a3301b',
    buttonText: '#fffaf5',
    panel: '#f6f1e9',
    line: '#ddd4c7',
  },
  dark: {
    page: '#121110',
    sheet: '#1d1b19',
    text: '#e9e3da',
    muted: '#aba297',
    accent: '#f29a83',
    button: '#c04f37',
    buttonText: '#fffaf5',
    panel: '#292623',
    line: '#45403a',
  },
  // Segoe UI stands first since Word falls to Times when it does not know the first name of a list.
  fonts: {
    body: 'Segoe UI,-apple-system,Roboto,Helvetica,Arial,sans-serif',
    heading: 'Georgia,serif',
    code: 'Consolas,Menlo,monospace',
  },
  radius: 6,
  width: 640,
})
