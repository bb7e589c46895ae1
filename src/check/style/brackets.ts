/** Something in a style that does not end, or ends what never began. */
export interface LooseEnd {
  readonly kind: 'brace' | 'at-rule' | 'comment' | 'extra'
  readonly offset: number
}

/** Words between which nothing else matters here. */
const TOKEN = /\/\*|\*\/|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|@[a-z-]+|[{};]/giy

/**
 * Looks for the first brace, at-rule or comment of a style that never closes.
 *
 * CSS mends these by rules of its own; Gmail drops the whole style.
 */
export function findLooseEnd(css: string): LooseEnd | undefined {
  const open: number[] = []
  let atRule: number | undefined
  for (let at = 0; at < css.length; ) {
    TOKEN.lastIndex = at
    const token = TOKEN.exec(css)?.[0]
    if (token === undefined) {
      at++
      continue
    }
    if (token === '/*') {
      const end = css.indexOf('*/', at + 2)
      if (end === -1) return { kind: 'comment', offset: at }
      at = end + 2
      continue
    }
    if (token.startsWith('@')) atRule = at
    else if (token === ';') atRule = undefined
    else if (token === '{') {
      open.push(at)
      atRule = undefined
    } else if (token === '}') {
      if (atRule !== undefined) return { kind: 'at-rule', offset: atRule }
      if (open.pop() === undefined) return { kind: 'extra', offset: at }
    }
    at += token.length
  }
  if (atRule !== undefined) return { kind: 'at-rule', offset: atRule }
  const last = open.at(-1)
  return last === undefined ? undefined : { kind: 'brace', offset: last }
}
