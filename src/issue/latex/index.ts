export { countArguments, isKnownCommand, listCommands } from './commands.ts'
export { type Converted, convertCommand, convertFormula, type LatexPiece, type UnknownCommand } from './convert.ts'
export { isFormula } from './is-formula.ts'
export { toScript } from './scripts.ts'
