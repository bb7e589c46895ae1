import type { CompileContext, Extension as FromMarkdown, Token } from 'mdast-util-from-markdown'
import type { Code, Construct, Effects, Extension, State, TokenizeContext } from 'micromark-util-types'
import { isBlank, isLineEnd, toChar } from './codes.ts'
import type { StrayMarks } from './nodes.ts'

const COLON = 58
const EQUALS = 61
const BRACKET = 91
const MAX_LABEL = 200

/** Finds in text what its author meant as a block, an underlined heading or a footnote, and Markdown does not. */
export const strayMarksSyntax: Extension = {
  text: {
    [COLON]: { name: 'strayColons', tokenize: tokenizeColons, previous: isLineStart } satisfies Construct,
    [EQUALS]: { name: 'strayUnderline', tokenize: tokenizeUnderline, previous: isLineStart } satisfies Construct,
    [BRACKET]: { name: 'strayNote', tokenize: tokenizeNote },
  },
}

export const strayMarksNodes: FromMarkdown = {
  enter: { strayColons: enter, strayUnderline: enter, strayNote: enter },
  exit: { strayColons: exit, strayUnderline: exit, strayNote: exit },
}

function enter(this: CompileContext, token: Token): void {
  this.enter({ type: token.type as StrayMarks['type'], value: this.sliceSerialize(token) }, token)
}

function exit(this: CompileContext, token: Token): void {
  this.exit(token)
}

function isLineStart(this: TokenizeContext, previous: Code): boolean {
  return isLineEnd(previous) || (isBlank(previous) && this.events.at(-1)?.[1].type === 'linePrefix')
}

function tokenizeColons(effects: Effects, ok: State, nok: State): State {
  let count = 0
  return start

  function start(code: Code): State | undefined {
    effects.enter('strayColons')
    return inside(code)
  }
  function inside(code: Code): State | undefined {
    if (code === COLON) {
      count++
      effects.consume(code)
      return inside
    }
    if (count < 2) return nok(code)
    effects.exit('strayColons')
    return ok(code)
  }
}

/** A line of equals signs below text. */
function tokenizeUnderline(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  const isFirstLine = this.previous === null
  return start

  function start(code: Code): State | undefined {
    if (isFirstLine) return nok(code)
    effects.enter('strayUnderline')
    return inside(code)
  }
  function inside(code: Code): State | undefined {
    if (code === EQUALS) {
      effects.consume(code)
      return inside
    }
    if (!isLineEnd(code)) return nok(code)
    effects.exit('strayUnderline')
    return ok(code)
  }
}

/** `[^label]` without a note of that label; with one it is left to GitHub's construct. */
function tokenizeNote(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  const { gfmFootnotes: known = [] } = this.parser as { gfmFootnotes?: readonly string[] }
  let label = ''
  return start

  function start(code: Code): State | undefined {
    effects.enter('strayNote')
    effects.consume(code)
    return (next) => {
      if (next !== 94) return nok(next)
      effects.consume(next)
      return inside
    }
  }
  function inside(code: Code): State | undefined {
    if (isLineEnd(code) || isBlank(code) || code === BRACKET || label.length > MAX_LABEL) return nok(code)
    effects.consume(code)
    if (code === 93) return end
    label += toChar(code)
    return inside
  }
  function end(code: Code): State | undefined {
    const isKnown = known.some((one) => one.toLowerCase() === label.toLowerCase())
    if (label === '' || isKnown || code === 40 || code === 58) return nok(code)
    effects.exit('strayNote')
    return ok(code)
  }
}
