/** The mail's own words in one language. One file per language; add one and a line in `index.ts`. */
export interface Words {
  /** BCP 47 tag of the language. */
  readonly language: string
  /** Title of the table of contents. */
  readonly contents: string
  readonly readOnline: string
  readonly unsubscribe: string
  readonly preferences: string
  /** "Issue 12" */
  readonly issue: (number: number) => string
  /** "11 entries", declined for the count; digits as the language writes them in running text. */
  readonly entries: (count: number) => string
  readonly sponsored: string
  /** Label of a button that has none of its own: "Find out more". */
  readonly more: string
  readonly note: string
  readonly warning: string
  /** Title above footnotes. */
  readonly notes: string
  /** Before the alternative text of an image in the text part: "Image". */
  readonly image: string
  /** Small link beside a row of the table of contents, to the same place on the archive page. */
  readonly online: string
  /** Small link from the end of a section to the table of contents. */
  readonly backToContents: string
  /** Joins authors: "A, B and C". */
  readonly list: (items: readonly string[]) => string
  /** Done and open tasks of a list, for eyes and screen readers. */
  readonly done: string
  readonly open: string
}
