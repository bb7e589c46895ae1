import { attention } from 'micromark-core-commonmark'
import type { Code, Construct, Extension, State, Token, Tokenizer } from 'micromark-util-types'

const STAR = 42
const TILDE = 126

/**
 * Emphasis beside Chinese, Japanese and Korean, which have no blanks between words.
 *
 * CommonMark opens and closes emphasis by the blank or punctuation around it, so that `これは**「重要」**です` keeps its
 * stars. Where a CJK character stands on one side, punctuation on the other does not matter; elsewhere nothing changes.
 *
 * @param github - GitHub's additions, for their `~~`.
 * @see CommonMark 0.31.2 §6.2; https://github.com/commonmark/commonmark-spec/issues/650
 */
export function cjkEmphasis(github: Extension): Extension {
  const strikethrough = [github.text?.[TILDE] ?? []].flat().map(loosen)
  return { text: { [STAR]: loosen(attention), [TILDE]: strikethrough } }
}

function loosen(construct: Construct): Construct {
  return { ...construct, tokenize: loosenTokenizer(construct.tokenize) }
}

function loosenTokenizer(tokenize: Tokenizer): Tokenizer {
  return function (effects, ok, nok) {
    const before = this.previous
    const done: State = (after) => {
      const token = this.events.at(-1)?.[1]
      if (token) adjust(token, before, after)
      return ok(after)
    }
    return tokenize.call(this, effects, done, nok)
  }
}

function adjust(token: Token, before: Code, after: Code): void {
  if (isCjk(before) || isCjk(after)) {
    token._open = !isSpace(after)
    token._close = !isSpace(before)
  }
}

function isSpace(code: Code): boolean {
  return code === null || code < 0 || /\s/.test(String.fromCharCode(code))
}

// Codes are UTF-16: rare ideographs (planes 2 and 3) are known by their first half.
const CJK =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3001-\u303F\u30FB\u30FC\uFE30-\uFE4F\uFF01-\uFFEF\uD840-\uD8BF]/u

function isCjk(code: Code): boolean {
  return code !== null && code > 0x7f && CJK.test(String.fromCharCode(code))
}
