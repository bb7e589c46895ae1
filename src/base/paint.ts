import { styleText } from 'node:util'
import type { Paint } from './code-frame.ts'

type Style = Parameters<typeof styleText>[0]

/** Colours for a terminal, or none at all. */
export function createPaint(hasColour: boolean): Paint {
  const paint = (style: Style) => (text: string) =>
    hasColour ? styleText(style, text, { validateStream: false }) : text
  return {
    red: paint('red'),
    yellow: paint('yellow'),
    dim: paint('dim'),
    bold: paint('bold'),
    cyan: paint('cyan'),
    green: paint('green'),
  }
}
