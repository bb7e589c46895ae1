/** Each with the reason that follows "but is no block:"; the first that fits. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^:+[ \t]+[\p{L}\p{N}]/u, 'a blank stands between the colons and the name'],
  [/^:+(?![:\p{L}\p{N}])/u, 'no name follows the colons'],
  [/^\S+[ \t]+\{/u, 'a blank stands between the name and {'],
  [/[“”„‘’«»]/u, 'values need straight quotes, "…"'],
  [/^[^{]*$/u, 'only {…} may follow the name'],
  [/^[^}]*$/u, 'the { is not closed on this line'],
  [/\}[ \t]*[^}\s]+[^}]*$/u, 'text follows the closing }'],
  [/^[^"]*"(?:[^"]*"[^"]*")*[^"]*$/u, 'a quote is not closed'],
]

/** What keeps a line that begins with colons from being a block. */
export function explainMalformed(line: string): string {
  return REASONS.find(([pattern]) => pattern.test(line))?.[1] ?? 'its attributes are not written key="value"'
}
