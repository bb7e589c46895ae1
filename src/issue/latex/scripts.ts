const SUPERSCRIPTS = new Map(
  zip(
    '0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθιφχ′ ',
    '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᶥᶲᵡ′ ',
  ),
)
const SUBSCRIPTS = new Map(zip('0123456789+-−=()aehijklmnoprstuvxβγρφχ ', '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ '))

function zip(from: string, to: string): [string, string][] {
  const targets = Array.from(to)
  return Array.from(from, (char, i) => [char, targets[i] ?? char])
}

/** Text in Unicode's raised or lowered characters, where each of its characters has one. */
export function toScript(text: string, kind: 'superscript' | 'subscript'): string | undefined {
  const table = kind === 'superscript' ? SUPERSCRIPTS : SUBSCRIPTS
  let out = ''
  for (const char of text) {
    const raised = table.get(char)
    if (raised === undefined) return undefined
    out += raised
  }
  return out === '' ? undefined : out
}
