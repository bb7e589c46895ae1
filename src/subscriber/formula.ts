/** What makes a spreadsheet take a cell for a formula. @see OWASP, CSV Injection */
const FORMULA = /^'*[=+\-@\t\r]/
const GUARDED = /^'+[=+\-@\t\r]/

/** A cell that every spreadsheet shows as text: an apostrophe before what would be a formula. */
export function guardFormula(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell
}

/** Takes the apostrophe of `guardFormula` away again. */
export function unguardFormula(cell: string): string {
  return cell.charCodeAt(0) === 39 && GUARDED.test(cell) ? cell.slice(1) : cell
}
