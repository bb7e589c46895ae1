/** A list has a handful of languages, a hostile one any number of texts. */
const MAX_KNOWN = 1000
const known = new Map<string, string>()

/** The canonical tag; null for an empty cell, undefined for what is no BCP 47 tag. */
export function readLanguage(text: string): string | null | undefined {
  if (text === '') return null
  const before = known.get(text)
  if (before !== undefined) return before
  try {
    const [tag] = Intl.getCanonicalLocales(text.replaceAll('_', '-'))
    if (tag === undefined || text.length > 35) return undefined
    if (known.size >= MAX_KNOWN) known.clear()
    known.set(text, tag)
    return tag
  } catch {
    return undefined
  }
}
