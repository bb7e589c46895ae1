interface Marks {
  readonly double: readonly [string, string]
  readonly single: readonly [string, string]
}

const NARROW = '\u{202F}'

// Unicode CLDR, delimiters; French with the blanks its typography asks for.
const MARKS: Readonly<Record<string, Marks>> = {
  en: { double: ['“', '”'], single: ['‘', '’'] },
  de: { double: ['„', '“'], single: ['‚', '‘'] },
  fr: { double: [`«${NARROW}`, `${NARROW}»`], single: ['‘', '’'] },
  es: { double: ['«', '»'], single: ['‘', '’'] },
  it: { double: ['«', '»'], single: ['‘', '’'] },
  nl: { double: ['“', '”'], single: ['‘', '’'] },
  pt: { double: ['“', '”'], single: ['‘', '’'] },
}

/** Sets quotation marks and dashes through one paragraph; it remembers what came before across its nodes. */
export interface Typographer {
  /** Text as it is set. */
  set(text: string): string
  /** Opens a LaTeX quotation, two backticks. */
  openQuote(): string
  /** Tells of something that is not text: code, a slot, an image. */
  pass(): void
}

/**
 * @param language - BCP 47 tag; straight quotes of a language without marks here stay as they are.
 */
export function createTypographer(language: string | undefined): Typographer {
  const marks = MARKS[(language ?? '').split('-')[0]?.toLowerCase() ?? '']
  const state: State = { before: '', isDoubleOpen: false, isSingleOpen: false, latexOpen: 0 }
  return {
    set(text) {
      let out = setDashes(text, state.before)
      if (state.latexOpen > 0) out = closeLatexQuotes(out, state, marks)
      if (marks) out = setQuotes(out, state, marks)
      if (text !== '') state.before = text.at(-1) ?? ''
      return out
    },
    openQuote() {
      state.latexOpen++
      state.before = '“'
      return marks?.double[0] ?? '“'
    },
    pass() {
      state.before = 'x'
    },
  }
}

interface State {
  before: string
  isDoubleOpen: boolean
  isSingleOpen: boolean
  latexOpen: number
}

// `--force` after a blank is an option of a command, and longer runs are drawings.
function setDashes(text: string, before: string): string {
  return text.replaceAll(/-{2,}/g, (run, at: number) => {
    const previous = text[at - 1] ?? before
    const next = text[at + run.length] ?? ''
    if (run.length > 3 || (/^[\s([]?$/.test(previous) && /[a-z]/i.test(next))) return run
    return run.length === 3 ? '—' : '–'
  })
}

function closeLatexQuotes(text: string, state: State, marks: Marks | undefined): string {
  return text.replaceAll("''", (two) => {
    if (state.latexOpen === 0) return two
    state.latexOpen--
    return marks?.double[1] ?? '”'
  })
}

function setQuotes(text: string, state: State, marks: Marks): string {
  return text.replaceAll(/["']/g, (mark, at: number) => {
    const before = text[at - 1] ?? state.before
    const after = text[at + 1] ?? ''
    return mark === '"' ? setDouble(before, after, state, marks) : setSingle(before, after, state, marks)
  })
}

function opens(before: string, after: string): boolean {
  return /^[\s([{—–‘“«„‚/-]?$/u.test(before) && !/^\s/u.test(after)
}

function setDouble(before: string, after: string, state: State, marks: Marks): string {
  // A mark at the very end of a node may open: the next node goes on.
  if (!state.isDoubleOpen && opens(before, after)) {
    state.isDoubleOpen = true
    return marks.double[0]
  }
  // Not opened: inches, as in 24".
  if (!state.isDoubleOpen) return '"'
  state.isDoubleOpen = false
  return marks.double[1]
}

function setSingle(before: string, after: string, state: State, marks: Marks): string {
  if (/[\p{L}\p{N}]/u.test(before) && /\p{L}/u.test(after)) return '’'
  if (opens(before, after)) {
    // ’90s
    if (/\d/.test(after)) return '’'
    state.isSingleOpen = true
    return marks.single[0]
  }
  if (state.isSingleOpen) {
    state.isSingleOpen = false
    return marks.single[1]
  }
  return /\p{L}/u.test(before) ? '’' : "'"
}
