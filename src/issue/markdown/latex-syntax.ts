import type { Extension as FromMarkdown } from 'mdast-util-from-markdown'
import type { Code, Construct, Effects, Extension, State, Token, TokenizeContext } from 'micromark-util-types'
import { countArguments, isFormula } from '../latex/index.ts'
import { isBlank, isLetter, isLineEnd, toChar } from './codes.ts'
import type { LatexMark } from './nodes.ts'

const DOLLAR = 36
const BACKSLASH = 92
const BACKTICK = 96
const APOSTROPHE = 39
/** Longer ones stay prose, so that a hostile line costs no more than a multiple of its length. */
const MAX_LENGTH = 1000

/** Reads LaTeX in prose before Markdown's escapes and emphasis eat its backslashes, stars and underscores. */
export const latexSyntax: Extension = {
  text: {
    [DOLLAR]: { name: 'latexDollars', tokenize: tokenizeDollars },
    [BACKSLASH]: [
      { name: 'latexParens', tokenize: tokenizeParens },
      { name: 'latexCommand', tokenize: tokenizeCommand },
    ],
    [BACKTICK]: { name: 'latexQuote', tokenize: tokenizeQuote, previous: isQuoteStart } satisfies Construct,
  },
}

function tokenizeDollars(effects: Effects, ok: State, nok: State): State {
  let text = ''
  let marks = 1
  let last: Code = null
  return start

  function start(code: Code): State | undefined {
    effects.enter('latexDollars')
    effects.consume(code)
    return first
  }
  function first(code: Code): State | undefined {
    if (code === DOLLAR && marks === 1) {
      marks = 2
      effects.consume(code)
      return first
    }
    return isBlank(code) || isLineEnd(code) || code === DOLLAR ? nok(code) : inside(code)
  }
  function inside(code: Code): State | undefined {
    if (isLineEnd(code) || text.length > MAX_LENGTH) return nok(code)
    if (code === DOLLAR && last !== BACKSLASH) return close(code)
    text += toChar(code)
    last = last === BACKSLASH ? null : code
    effects.consume(code)
    return inside
  }
  function close(code: Code): State | undefined {
    if (isBlank(last)) return nok(code)
    effects.consume(code)
    return marks === 2 ? second : end
  }
  function second(code: Code): State | undefined {
    if (code !== DOLLAR) return nok(code)
    effects.consume(code)
    return end
  }
  function end(code: Code): State | undefined {
    if (!isFormula(text, code === null || code < 0 ? '' : toChar(code))) return nok(code)
    effects.exit('latexDollars')
    return ok(code)
  }
}

function tokenizeParens(effects: Effects, ok: State, nok: State): State {
  let length = 0
  let last: Code = null
  return (code) => {
    effects.enter('latexParens')
    effects.consume(code)
    return (next) => {
      if (next !== 40) return nok(next)
      effects.consume(next)
      return inside
    }
  }
  function inside(code: Code): State | undefined {
    if (isLineEnd(code) || ++length > MAX_LENGTH) return nok(code)
    const closes = code === 41 && last === BACKSLASH
    last = last === BACKSLASH ? null : code
    effects.consume(code)
    if (!closes) return inside
    effects.exit('latexParens')
    return ok
  }
}

/** `\name`, with as many `{…}` as the command takes and a script that follows; `\,` and `\%`. */
function tokenizeCommand(effects: Effects, ok: State, nok: State): State {
  let name = ''
  let left = 0
  let depth = 0
  let length = 0
  return start

  function start(code: Code): State | undefined {
    effects.enter('latexCommand')
    effects.consume(code)
    return first
  }
  function first(code: Code): State | undefined {
    if (isLetter(code)) return letters(code)
    if (code === null || code < 0 || !',%&$#_'.includes(toChar(code))) return nok(code)
    effects.consume(code)
    return end
  }
  function letters(code: Code): State | undefined {
    if (isLetter(code) && name.length < 64) {
      name += toChar(code)
      effects.consume(code)
      return letters
    }
    left = countArguments(name)
    return after(code)
  }
  function after(code: Code): State | undefined {
    if (code !== 123 || left === 0) return end(code)
    left--
    return group(code)
  }
  function group(code: Code): State | undefined {
    if (isLineEnd(code) || ++length > MAX_LENGTH) return nok(code)
    if (code === 123) depth++
    if (code === 125) depth--
    effects.consume(code)
    return depth === 0 ? after : group
  }
  function end(code: Code): State | undefined {
    effects.exit('latexCommand')
    return ok(code)
  }
}

function isQuoteStart(this: TokenizeContext, previous: Code): boolean {
  return previous !== BACKTICK
}

/** Two backticks that open a LaTeX quotation, closed by two apostrophes; otherwise they are code. */
function tokenizeQuote(effects: Effects, ok: State, nok: State): State {
  return (code) => {
    effects.enter('latexQuote')
    effects.consume(code)
    return (next) => {
      if (next !== BACKTICK) return nok(next)
      effects.consume(next)
      effects.exit('latexQuote')
      return effects.check({ tokenize: tokenizeRest, partial: true }, ok, nok)
    }
  }
}

function tokenizeRest(effects: Effects, ok: State, nok: State): State {
  let length = 0
  let last: Code = null
  return start

  function start(code: Code): State | undefined {
    effects.enter('data')
    return inside(code)
  }
  function inside(code: Code): State | undefined {
    if (isLineEnd(code) || code === BACKTICK || ++length > MAX_LENGTH || (length === 1 && isBlank(code)))
      return nok(code)
    effects.consume(code)
    if (code === APOSTROPHE && last === APOSTROPHE) return done
    last = code
    return inside
  }
  function done(code: Code): State | undefined {
    // A backtick right after means code that ends with two apostrophes.
    if (code === BACKTICK) return nok(code)
    effects.exit('data')
    return ok(code)
  }
}

function open(kind: LatexMark['kind'], measure: (slice: string) => number): NonNullable<FromMarkdown['enter']>[string] {
  return function (this, token: Token) {
    const slice = this.sliceSerialize(token)
    const shift = measure(slice)
    this.enter({ type: 'latexMark', kind, shift, value: slice.slice(shift, slice.length - shift) }, token)
  }
}

const close: NonNullable<FromMarkdown['exit']>[string] = function (token) {
  this.exit(token)
}

export const latexNodes: FromMarkdown = {
  enter: {
    latexDollars: open('formula', (slice) => (slice.startsWith('$$') ? 2 : 1)),
    latexParens: open('formula', () => 2),
    latexCommand: open('command', () => 0),
    latexQuote: open('quote', () => 0),
  },
  exit: { latexDollars: close, latexParens: close, latexCommand: close, latexQuote: close },
}
