/** Things found in a text, in order, in groups of one line each. */
export function groupByLine<Mark extends { readonly index: number }>(text: string, marks: readonly Mark[]): Mark[][] {
  const groups: Mark[][] = []
  let lineEnd = -1
  for (const mark of marks) {
    const last = groups.at(-1)
    if (last && mark.index <= lineEnd) {
      last.push(mark)
      continue
    }
    groups.push([mark])
    const end = text.indexOf('\n', mark.index)
    lineEnd = end < 0 ? text.length : end
  }
  return groups
}
