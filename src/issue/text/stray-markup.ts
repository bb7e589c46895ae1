import type { PhrasingContent } from 'mdast'
import { textErrors } from '../errors/text.ts'
import type { MarkdownText } from '../markdown/fragment.ts'
import type { Reading } from '../reading.ts'

/** Stands for what is no text: code, formulas, escapes, marks that were understood. */
const FILLER = '\u{1}'
const SLOT = '\u{2}'
/** Longer labels and addresses are marked at their beginning only, so that a hostile line costs no more than its length. */
const MAX_LENGTH = 500

const SPACE = /^\s?$/
const WORD = /[\p{L}\p{N}]/u
const WESTERN = /^[^\P{L}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$|^\p{N}$/u
const ESCAPE = /\\[!-/:-@[-`{-~]|&(?:#\w{1,8}|\w{1,31});/g

/** Tells of brackets and stars that Markdown did not understand, which readers would see. */
export function reportStrayMarkup(nodes: readonly PhrasingContent[], text: MarkdownText, reading: Reading): void {
  const shift = nodes[0]?.position?.start.offset ?? 0
  const end = nodes.at(-1)?.position?.end.offset ?? shift
  if (!/[*_~[]/.test(text.source.slice(shift, end))) return
  const out = Array.from({ length: end - shift }, () => FILLER)
  for (const node of nodes) copyText(node, text.source, shift, out)
  const seen = out.join('')
  const shown = text.source.slice(shift, end)
  const run: Run = {
    seen,
    report(from, to) {
      const found = shown.slice(from, to)
      const isImage = seen[from] === '!'
      const error = isImage ? textErrors.strayImage : textErrors.strayMarkup
      reading.report(error, text.locate(from + shift, to + shift), found)
    },
  }
  findMarks(run)
  findBrackets(run)
}

interface Run {
  /** The source with fillers, as long as the source. */
  readonly seen: string
  readonly report: (from: number, to: number) => void
}

function copyText(node: PhrasingContent, source: string, shift: number, out: string[]): void {
  const [from, to] = [node.position?.start.offset ?? 0, node.position?.end.offset ?? 0]
  const raw = source.slice(from, to)
  if (node.type === 'slotMark') out.fill(SLOT, from - shift, to - shift)
  else if (node.type === 'text') put(raw.replaceAll(ESCAPE, hide), from - shift, out)
  // An address that is its own label: its underscores and brackets are no marks.
  else if (node.type === 'link' && isAutolink(node, raw)) put(raw.replaceAll(/[*_~[\]<>]/g, FILLER), from - shift, out)
  else if ('children' in node) for (const child of node.children) copyText(child, source, shift, out)
}

function hide(text: string): string {
  return FILLER.repeat(text.length)
}

function put(text: string, at: number, out: string[]): void {
  for (let i = 0; i < text.length; i++) out[at + i] = text[i] ?? FILLER
}

function isAutolink(node: PhrasingContent & { type: 'link' }, raw: string): boolean {
  const [only] = node.children
  return only?.type === 'text' && (raw === only.value || raw === `<${only.value}>`)
}

/** `**`, `__` and `~~` beside a word. */
function findMarks({ seen, report }: Run): void {
  for (const { 0: mark, index } of seen.matchAll(/\*+|_+|~+/g)) {
    const isPair = mark.length === 2 || mark === '***'
    if (isPair && isStray(mark, seen, index)) report(index, index + mark.length)
  }
}

function isStray(mark: string, seen: string, at: number): boolean {
  const end = at + mark.length
  const [before, after] = [seen[at - 1] ?? '', seen[end] ?? '']
  if (SPACE.test(before) && SPACE.test(after)) return false
  // `**/*.ts` and `2**n`; `s**t` and `f***`, which hide a word's letters.
  if (before === '/' || after === '/') return false
  if (WESTERN.test(before) && (WESTERN.test(after) || mark === '***')) return false
  return touchesWord(seen, at, end)
}

function touchesWord(seen: string, at: number, end: number): boolean {
  const left = /\S*$/.exec(seen.slice(Math.max(0, at - 20), at))?.[0] ?? ''
  const right = /^\S*/.exec(seen.slice(end, end + 20))?.[0] ?? ''
  return WORD.test(left + right) || (left + right).includes(FILLER)
}

interface Bracket {
  readonly open: number
  readonly close: number
}

/** `[x](`, `[x] (http` and `[x][y]`. */
function findBrackets(run: Run): void {
  const { seen } = run
  const open: number[] = []
  let last: Bracket | undefined
  for (const { 0: char, index } of seen.matchAll(/[[\]]/g)) {
    if (char === '[') open.push(index)
    else {
      const from = open.pop()
      if (from === undefined) continue
      const bracket = { open: from, close: index }
      if (last && last.close === from - 1) checkPair(last, bracket, run)
      else checkAddress(bracket, run)
      last = bracket
    }
  }
}

const ADDRESS = new RegExp(`^(?:\\((?!${SLOT})|[ \\t]+\\(${FILLER}?(?:https?:|www\\.|mailto:))`, 'i')

function checkAddress({ open, close }: Bracket, { seen, report }: Run): void {
  const rest = seen.slice(close + 1, close + 1 + MAX_LENGTH)
  const opening = ADDRESS.exec(rest)?.[0]
  if (opening === undefined) return
  const closing = /^[^\r\n)]*\)/.exec(rest.slice(opening.length))?.[0]
  const end = close + 1 + (closing === undefined ? opening.indexOf('(') + 1 : opening.length + closing.length)
  report(startOf(open, seen), end)
}

function checkPair(first: Bracket, second: Bracket, { seen, report }: Run): void {
  const before = seen[first.open - 1] ?? ''
  const [label, target] = [first, second].map(({ open, close }) => seen.slice(open + 1, Math.min(close, open + 100)))
  // `A[i][j]` is an element of a matrix, [1][2] are sources.
  const isProse = WESTERN.test(before) || before === ')' || before === ']'
  if (!isProse && !(/^\d+$/.test(label ?? '') && /^\d+$/.test(target ?? '')))
    report(startOf(first.open, seen), second.close + 1)
}

function startOf(open: number, seen: string): number {
  return seen[open - 1] === '!' ? open - 1 : open
}
