import type { Extension as FromMarkdown } from 'mdast-util-from-markdown'
import type { Code, Construct, Effects, Extension, State } from 'micromark-util-types'
import { isLineEnd } from './codes.ts'

const OPEN = 123
const CLOSE = 125
/** Longer ones are not read as slots, so that a hostile line costs no more than its length. */
const MAX_LENGTH = 500

/** `{{ … }}` on one line; what stands between the braces is judged later, with its place. */
const slotMark: Construct = { name: 'slotMark', tokenize: tokenizeSlot }
const slotOpening: Construct = { name: 'slotOpening', tokenize: tokenizeOpening }

/** Reads slots before Markdown's own marks, so that a fallback may hold any character. */
export const slotSyntax: Extension = { text: { [OPEN]: [slotMark, slotOpening] } }

function tokenizeSlot(effects: Effects, ok: State, nok: State): State {
  let length = 0
  let quote: Code = null
  return start

  function start(code: Code): State | undefined {
    effects.enter('slotMark')
    effects.consume(code)
    return second
  }
  function second(code: Code): State | undefined {
    if (code !== OPEN) return nok(code)
    effects.consume(code)
    return inside
  }
  function inside(code: Code): State | undefined {
    if (isLineEnd(code) || ++length > MAX_LENGTH) return nok(code)
    const closes = code === CLOSE && quote === null
    if (code === 34) quote = quote === null ? code : null
    effects.consume(code)
    return closes ? last : inside
  }
  function last(code: Code): State | undefined {
    if (code !== CLOSE) return inside(code)
    effects.consume(code)
    effects.exit('slotMark')
    return ok
  }
}

function tokenizeOpening(effects: Effects, ok: State, nok: State): State {
  return (code) => {
    effects.enter('slotOpening')
    effects.consume(code)
    return (next) => {
      if (next !== OPEN) return nok(next)
      effects.consume(next)
      effects.exit('slotOpening')
      return ok
    }
  }
}

export const slotNodes: FromMarkdown = {
  enter: {
    slotMark(token) {
      this.enter({ type: 'slotMark', value: this.sliceSerialize(token), isClosed: true }, token)
    },
    slotOpening(token) {
      this.enter({ type: 'slotMark', value: this.sliceSerialize(token), isClosed: false }, token)
    },
  },
  exit: {
    slotMark(token) {
      this.exit(token)
    },
    slotOpening(token) {
      this.exit(token)
    },
  },
}
