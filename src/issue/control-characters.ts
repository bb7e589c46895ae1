import type { Range } from '../base/index.ts'
import { fileErrors } from './errors/file.ts'
import type { Reading } from './reading.ts'

/** Characters that hide or reorder text; they are left out and told of. */
export const CONTROLS =
  // oxlint-disable-next-line no-control-regex
  /[\u{1}-\u{8}\u{B}\u{C}\u{E}-\u{1F}\u{7F}-\u{84}\u{86}-\u{9F}\u{202A}-\u{202E}\u{2066}-\u{2069}\u{FFF9}-\u{FFFB}\p{Co}]/u

/** `U+202E` */
export function nameCharacter(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** Tells of one that is written as `&#x202e;` or `\\u202e`; one that stands in the file as it is was told of before. */
export function reportEscapedControl(value: string, range: Range, reading: Reading): void {
  const char = CONTROLS.exec(value)?.[0]
  if (char !== undefined && !reading.source.includes(char))
    reading.report(fileErrors.controlCharacter, range, nameCharacter(char))
}
