import type { Code } from 'micromark-util-types'

/** micromark writes line endings as -5 to -3, the end of the text as null. */
export function isLineEnd(code: Code): boolean {
  return code === null || code < -2
}

/** Blank, tab, or the filling of a tab. */
export function isBlank(code: Code): boolean {
  return code === 32 || code === -1 || code === -2
}

export function isLetter(code: Code): boolean {
  return code !== null && ((code >= 65 && code <= 90) || (code >= 97 && code <= 122))
}

export function isDigit(code: Code): boolean {
  return code !== null && code >= 48 && code <= 57
}

/** The character of a code; a tab is a blank. */
export function toChar(code: Code): string {
  return code === null || code < 0 ? ' ' : String.fromCharCode(code)
}
