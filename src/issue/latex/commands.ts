import { ACCENTS, FACES, FORMS, OPERATORS, SILENT, SPACES, SYMBOLS } from './symbols.ts'

/** Characters that LaTeX writes with a backslash. */
export const ESCAPED = '%&$#_{}'

/** How many `{…}` belong to a command; 0 for one that is unknown or takes none. */
export function countArguments(name: string): number {
  if (FORMS.has(name)) return FORMS.get(name) ?? 0
  return ACCENTS.has(name) || FACES.has(name) ? 1 : 0
}

/** Whether a command, without its backslash, can be turned into text. */
export function isKnownCommand(name: string): boolean {
  return (
    [SYMBOLS, OPERATORS, SPACES, SILENT, ACCENTS, FACES, FORMS].some((table) => table.has(name)) ||
    ESCAPED.includes(name)
  )
}

/** Names to suggest from. */
export function listCommands(): string[] {
  return [SYMBOLS, OPERATORS, ACCENTS, FACES, FORMS].flatMap((table) => [...table.keys()])
}
