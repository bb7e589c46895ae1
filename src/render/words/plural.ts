/** Forms of a phrase by plural category (CLDR); `#` stands for the number. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string }

/** A phrase declined for its number, digits as the language writes them. */
export function declineFor(language: string, forms: Forms): (count: number) => string {
  const rules = new Intl.PluralRules(language)
  const digits = new Intl.NumberFormat(language)
  return (count) => (forms[rules.select(count)] ?? forms.other).replace('#', digits.format(count))
}

/** Joins names as the language does: "A, B and C". */
export function joinFor(language: string): (items: readonly string[]) => string {
  const list = new Intl.ListFormat(language, { type: 'conjunction' })
  return (items) => list.format(items)
}
