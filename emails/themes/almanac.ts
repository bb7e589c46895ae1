import { defineTheme, type Theme } from 'letterpress/define'

/** Warm paper, brown ink and one serif throughout, for letters that are read and not skimmed. */
export const theme: Theme = defineTheme({
  light: {
    page: '#f0e6d6',
    sheet: '#fffaf1',
    text: '#2d241b',
    muted: '#6b5c4a',
    accent: '#8a4510',
    button: '#8a4510',
    buttonText: '#fff8ee',
    panel: '#f8efe1',
    line: '#e0d2bc',
  },
  dark: {
    page: '#14110d',
    sheet: '#1f1b16',
    text: '#ece3d6',
    muted: '#b3a693',
    accent: '#eaa66b',
    button: '#a8612a',
    buttonText: '#fff8ee',
    panel: '#2b251e',
    line: '#4a4136',
  },
  // Windows has Georgia, so that Word does not fall to Times.
  fonts: { body: 'Georgia,serif', heading: 'Georgia,serif', code: 'Consolas,Menlo,monospace' },
  radius: 2,
  width: 620,
})
