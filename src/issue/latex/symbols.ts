/**
 * Commands that stand for characters. Names are LaTeX's and amsmath's, characters Unicode's; checked against
 * unicodeit 0.7.5 and The Comprehensive LaTeX Symbol List.
 */
const GREEK = `alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ
lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ
chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω`

const ARROWS = `rightarrow → to → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔
implies ⇒ uparrow ↑ downarrow ↓ updownarrow ↕ mapsto ↦ longrightarrow ⟶ longleftarrow ⟵ Longrightarrow ⟹
hookrightarrow ↪ nearrow ↗ searrow ↘ rightleftharpoons ⇌ leadsto ⇝ rightharpoonup ⇀`

const RELATIONS = `leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ ll ≪ gg ≫ approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝ in ∈ notin ∉
ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ prec ≺ succ ≻ perp ⊥ parallel ∥ mid ∣ models ⊨ vdash ⊢ lesssim ≲
gtrsim ≳ triangleq ≜ coloneqq ≔ leqslant ⩽ geqslant ⩾`

const OPERATIONS = `times × cdot · div ÷ pm ± mp ∓ ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ otimes ⊗ odot ⊙ cup ∪ cap ∩ setminus ∖
wedge ∧ land ∧ vee ∨ lor ∨ neg ¬ lnot ¬`

const OTHERS = `infty ∞ partial ∂ nabla ∇ forall ∀ exists ∃ emptyset ∅ varnothing ∅ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ angle ∠
degree ° prime ′ dagger † ddagger ‡ ldots … dots … cdots ⋯ vdots ⋮ ddots ⋱ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉
lVert ‖ rVert ‖ Vert ‖ vert | lvert | rvert | lbrace { rbrace } top ⊤ bot ⊥ checkmark ✓ square □ blacksquare ■ triangle △
S § P ¶ pounds £ euro € copyright © textregistered ® texttrademark ™ textdegree ° textendash – textemdash —
textasciitilde ~ textasciicircum ^ textbackslash \\ textunderscore _ textbar | textless < textgreater > backslash \\
aa å AA Å ae æ AE Æ oe œ OE Œ o ø O Ø l ł L Ł ss ß i ı j ȷ`

const LARGE = `sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ oint ∮ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂`

const FUNCTIONS = `log ln lg exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh min max argmin argmax arg sup inf
lim limsup liminf det dim ker deg gcd Pr mod bmod tr rank softmax sigmoid`

function pairs(table: string): [string, string][] {
  const words = table.split(/\s+/)
  return words.flatMap((word, i) => (i % 2 === 0 ? [[word, words[i + 1] ?? '']] : []))
}

/** Command name → character. */
export const SYMBOLS: ReadonlyMap<string, string> = new Map(
  [GREEK, ARROWS, RELATIONS, OPERATIONS, OTHERS].flatMap(pairs),
)

/** Command name → text that keeps the blank after it: `\log n`, `\sum x`. */
export const OPERATORS: ReadonlyMap<string, string> = new Map([
  ...pairs(LARGE),
  ...FUNCTIONS.split(/\s+/).map((name): [string, string] => [name, name === 'bmod' ? 'mod' : name]),
])

/** Command name → blank. A thin one does not break, as in `5\,\%`. */
export const SPACES: ReadonlyMap<string, string> = new Map([
  [',', '\u{202F}'],
  ['thinspace', '\u{202F}'],
  [';', ' '],
  [':', ' '],
  [' ', ' '],
  ['!', ''],
  ['quad', ' '],
  ['qquad', ' '],
  ['space', ' '],
  ['\\', ' '],
])

/** Commands that only change size or style; they leave nothing behind. */
export const SILENT: ReadonlySet<string> = new Set(
  `left right middle big Big bigg Bigg bigl bigr Bigl Bigr displaystyle textstyle scriptstyle limits nolimits
   bf it rm tt cal noindent`.split(/\s+/),
)

/** Commands that put a mark over or under their argument → combining character. */
export const ACCENTS: ReadonlyMap<string, string> = new Map([
  ['hat', '\u{302}'],
  ['widehat', '\u{302}'],
  ['tilde', '\u{303}'],
  ['widetilde', '\u{303}'],
  ['bar', '\u{304}'],
  ['overline', '\u{305}'],
  ['underline', '\u{332}'],
  ['dot', '\u{307}'],
  ['ddot', '\u{308}'],
  ['vec', '\u{20D7}'],
  ['check', '\u{30C}'],
  ['breve', '\u{306}'],
  ['acute', '\u{301}'],
  ['grave', '\u{300}'],
  ['H', '\u{30B}'],
  ['v', '\u{30C}'],
  ['c', '\u{327}'],
  ['k', '\u{328}'],
  ['u', '\u{306}'],
  ['r', '\u{30A}'],
])

/** Commands that set the face of their argument → how each letter looks; other characters stay. */
export const FACES: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ...[
    'text',
    'mathrm',
    'mathbf',
    'mathit',
    'mathsf',
    'mathtt',
    'textbf',
    'textit',
    'texttt',
    'textrm',
    'emph',
    'mbox',
    'operatorname',
    'boldsymbol',
    'bm',
    'textsc',
    'textsf',
    'underbrace',
    'overbrace',
    'mathop',
  ].map((name): [string, ReadonlyMap<string, string>] => [name, new Map()]),
  ['mathbb', new Map(pairs('C ℂ H ℍ N ℕ P ℙ Q ℚ R ℝ Z ℤ E 𝔼 A 𝔸 B 𝔹 D 𝔻 F 𝔽 G 𝔾 I 𝕀 K 𝕂 L 𝕃 S 𝕊 T 𝕋 V 𝕍 1 𝟙'))],
  ['mathcal', new Map(pairs('B ℬ E ℰ F ℱ H ℋ I ℐ L ℒ M ℳ R ℛ'))],
  ['mathscr', new Map(pairs('B ℬ E ℰ F ℱ H ℋ I ℐ L ℒ M ℳ R ℛ'))],
])

/** Commands with an argument or two that are written with signs. */
export const FORMS: ReadonlyMap<string, number> = new Map([
  ['frac', 2],
  ['dfrac', 2],
  ['tfrac', 2],
  ['sqrt', 1],
  ['binom', 2],
])
