import { toLine } from '../../base/index.ts'

const PLAIN = /^[\x21-\x7E]+(?: [\x21-\x7E]+)*$/

/** `toLine`, at once for what most cells are. */
export function cleanLine(text: string): string {
  return text === '' || PLAIN.test(text) ? text : toLine(text)
}
