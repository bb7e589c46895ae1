/**
 * Whether what stands between two dollars is mathematics, so that `costs $5 and $6` and `$HOME` stay prose.
 *
 * @param after - the character behind the closing dollar; empty at the end.
 */
export function isFormula(text: string, after: string): boolean {
  if (text === '' || /\s$/.test(text)) return false
  // As in Pandoc: a digit behind the closing dollar means a price.
  if (/\d/.test(after)) return false
  if (/[\\^_]/.test(text)) return true
  if (/^\p{L}$/u.test(text) || /^\d+(?:\.\d+)?\p{L}$/u.test(text)) return true
  // `O(n)`, `n = 5`, `x + y`: letters stand alone, and it is no price.
  return /^[\p{L}(|[−-]/u.test(text) && /\p{L}/u.test(text) && !/\p{L}{2}/u.test(text) && !/[\p{L}\p{N}]/u.test(after)
}
