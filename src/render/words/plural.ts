/** Forms of a phrase by plural category (CLDR); `#` stands for the number. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string }

/** A phrase declined for its number, digits as the language writes them. */
export function declineFor(language: string, forms: Forms): (count: number) => string {
  // Made at first use: every language is loaded for the one a mail is in, and each of these costs milliseconds.
  let rules: Intl.PluralRules | undefined
  let digits: Intl.NumberFormat | undefined
  return (count) => {
    rules ??= new Intl.PluralRules(language)
    digits ??= new Intl.NumberFormat(language)
    return (forms[rules.select(count)] ?? forms.other).replace('#', digits.format(count))
  }
}

/** Joins names as the language does: "A, B and C". */
export function joinFor(language: string): (items: readonly string[]) => string {
  let list: Intl.ListFormat | undefined
  return (items) => {
    list ??= new Intl.ListFormat(language, { type: 'conjunction' })
    return list.format(items)
  }
}
