/** What keeps a line that begins with colons from being a block, in words that follow "but is no block:". */
export function explainMalformed(line: string): string {
  const match = /^(:+)([ \t]*)([\p{L}\p{N}_-]*)(.*)$/u.exec(line)
  const [, colons = '', gap = '', name = '', rest = ''] = match ?? []
  const after = rest.trim()
  if (gap !== '' && name !== '') return `there is a blank between ${colons} and "${name}"`
  if (name === '') return 'no name follows the colons'
  if (/^[ \t]+\{/.test(rest)) return `there is a blank between "${name}" and {`
  if (after.startsWith('{') && !after.endsWith('}')) {
    return after.includes('}') ? `text follows the closing }` : 'the { is not closed on this line'
  }
  if (/[“”„‘’«»]/u.test(after)) return 'values need straight quotes, "…"'
  if (after.startsWith('{') && (after.match(/"/g)?.length ?? 0) % 2 === 1) return 'a quote is not closed'
  if (after.startsWith('{')) return 'its attributes are not written key="value"'
  return `only {…} may follow "${name}"`
}
