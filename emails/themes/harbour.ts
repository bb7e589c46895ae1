import { defineTheme, type Theme } from 'letterpress/define'

const sans = 'Segoe UI,-apple-system,Roboto,Helvetica,Arial,sans-serif'

/** Cool greys, one blue and one sans throughout, for product news and notes of a team. */
export const theme: Theme = defineTheme({
  light: {
    page: '#e4eaf0',
    sheet: '#fbfcfe',
    text: '#1c2530',
    muted: '#55626f',
    accent: '#0d5a92',
    button: '#0d5a92',
    buttonText: '#f4f9ff',
    panel: '#eef3f8',
    line: '#cdd7e1',
  },
  dark: {
    page: '#0e1319',
    sheet: '#171e26',
    text: '#e0e7ee',
    muted: '#9dabb9',
    accent: '#80bdf0',
    button: '#2c77b3',
    buttonText: '#f4f9ff',
    panel: '#212a34',
    line: '#3a4653',
  },
  fonts: { body: sans, heading: sans, code: 'Consolas,Menlo,monospace' },
  radius: 10,
  width: 640,
})
