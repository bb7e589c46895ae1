import { z } from 'zod'
import { groupByLine } from '../group-by-line.ts'
import { cutExcerpt, placeInRun } from '../html.ts'
import { listParts } from '../issue-tree.ts'
import { isFromIssue } from '../issue-words.ts'
import { placeText } from '../place-text.ts'
import { joinWords, quote } from '../quote.ts'
import { defineRule } from '../rule.ts'

// Commands that titles and abstracts of papers use; anything else behind a backslash may be a Windows path.
const COMMANDS =
  'alpha beta gamma delta epsilon varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi varphi chi psi omega ' +
  'Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega approx sim simeq equiv neq leq geq ll gg times cdot cdots ldots dots div pm mp ' +
  'infty partial nabla sum prod int sqrt frac dfrac tfrac binom log exp lim max min arg argmax argmin in notin subset subseteq cup cap ' +
  'emptyset forall exists neg wedge vee oplus otimes circ star dagger ell hbar Re Im to gets mapsto rightarrow leftarrow Rightarrow ' +
  'Leftarrow leftrightarrow Leftrightarrow longrightarrow uparrow downarrow mathbb mathbf mathcal mathfrak mathit mathrm mathsf mathtt ' +
  'boldsymbol operatorname text textbf textit textrm textsc textsf texttt textsuperscript textsubscript emph underline overline hat bar ' +
  'tilde vec left right begin end cite citep citet ref label footnote href url item section paragraph quad qquad newline linebreak'
const KNOWN = COMMANDS.replaceAll(' ', '|')

/** Shapes that prose does not have. The first group, where there is one, is what is quoted. */
const MARKS: readonly RegExp[] = [
  // `\frac`, but neither `C:\text` nor `\\server`.
  new RegExp(String.raw`(?<![\w:\\/.])\\(?:${KNOWN})(?![A-Za-z])`, 'g'),
  /(?<![\w:\\/.])\\[A-Za-z]{2,}(?=\{)/g,
  // `\(`, `\]`, `\\` at the end of a line of a formula
  /\\[()[\]](?!\w*\\)/g,
  // `%rightarrow`, left when something ate the backslash
  /%(?:right|left|Right|Left|leftright|longright)arrow\b/g,
  /(?<![\w\\])(?:math(?:bb|bf|cal|frak|it|rm|sf|tt)|text(?:bf|it|rm|sc|sf|tt)|operatorname|boldsymbol)(?=\{)/g,
  // `x^{2}`, `h_{t-1}`
  /[\p{L}\p{N})\]}]?[_^]\{[^{}\n]{0,40}\}/gu,
  // one dollar sign of a formula: `$x^2`, `\pi$`
  /(?<![\w$])\$(?!\{\w+\})(?=[^\s$]*[\\^{}])[^\s$]{1,40}/g,
  /(?<![\w$])[^\s$]{0,40}[\\^{}][^\s$]{0,40}\$(?![\w$])/g,
  // `x2013` for a dash, from `&#x2013;`
  /(?<![\w.])&?#?x(?:00a0|2009|201[0-9a-f]|202[26]|20ac|2212)(?![\w.]);?/gi,
  /&(?:#\d{2,5}|#x[0-9a-f]{2,5}|amp|lt|gt|quot|nbsp|ndash|mdash|hellip|[lr][sd]quo);/gi,
]

/** Marks that a message quotes. */
const MAX_QUOTED = 3

export const latexResidue = defineRule({
  id: 'latex-residue',
  severity: 'warning',
  needs: 'issue',
  summary: 'Remains of LaTeX or of escaped characters in the text',
  why: 'Titles and abstracts of papers bring commands and escapes along, and no mail client can show them. Known commands in well-formed mathematics are converted; what is reported here was left. Code is never looked at, nor are prices, Windows paths, tickers and shell variables.',
  remedy: 'Write it in words or Unicode, complete the formula (`$…$`), or set it in backquotes when it is code.',
  reference: 'docs/checks.md#latex-residue',
  bad: 'Accuracy rises 5.9\\% \\rightarow 10.9\\% on GSM8K x2013 without training.',
  good: 'Accuracy rises from 5.9% to 10.9% on GSM8K, without training.',
  saidBy: ['issue/unknown-latex', 'issue/raw-html'],
  options: z.strictObject({}),
  check({ issue, source, html, report }) {
    for (const text of listParts(issue).texts) {
      for (const marks of groupByLine(text.value, findMarks(text.value))) {
        const [first] = marks
        if (!first) continue
        const range = placeText(text, first.index, first.value.length, source)
        const excerpt = cutExcerpt(text.value.slice(Math.max(0, first.index - 30)))
        report({ message: describe(marks), range, excerpt })
      }
    }
    if (!html) return
    for (const run of html.runs) {
      const others = findMarks(run.value).filter(({ value }) => !isFromIssue(issue, value))
      for (const marks of groupByLine(run.value, others)) {
        const [first] = marks
        if (first) report({ message: describe(marks), ...placeInRun(html, run, first.index) })
      }
    }
  },
})

function describe(marks: readonly Mark[]): string {
  const found = joinWords(marks.slice(0, MAX_QUOTED).map((mark) => quote(mark.value, 30)))
  const rest = marks.length > MAX_QUOTED ? ` and ${marks.length - MAX_QUOTED} more` : ''
  return `The text holds ${found}${rest}, which readers see as it stands.`
}

interface Mark {
  readonly index: number
  readonly value: string
}

// Where two shapes overlap the earlier and longer one is kept.
function findMarks(text: string): Mark[] {
  if (!/[\\$%^_{&]|x[02]0/i.test(text)) return []
  const marks = MARKS.flatMap((pattern) => [...text.matchAll(pattern)].map(({ index, 0: value }) => ({ index, value })))
  let end = 0
  return marks
    .toSorted((a, b) => a.index - b.index || b.value.length - a.value.length)
    .filter((mark) => {
      const isFree = mark.index >= end
      if (isFree) end = mark.index + mark.value.length
      return isFree
    })
}
