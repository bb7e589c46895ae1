import { type Issue, slot } from 'letterpress/define'

/** No mailbox shows more after the subject, and longer hidden text looks like a trick to spam filters. */
const MAX_LENGTH = 150

/** The preheader with its slots, cut at a word. */
export function preheaderOf(issue: Issue): string {
  let room = MAX_LENGTH
  let out = ''
  for (const node of issue.preheader ?? []) {
    const text = node.type === 'text' ? node.value : (node.fallback ?? '')
    if (text.length > room) return out + (node.type === 'text' ? cutAtWord(text, room) : '')
    out += node.type === 'text' ? text : slot(node.name, node.fallback)
    room -= text.length
  }
  return out
}

function cutAtWord(text: string, room: number): string {
  const cut = text.slice(0, Math.max(0, room - 1))
  const end = cut.lastIndexOf(' ')
  // Chinese and Japanese have no blanks to cut at; half a surrogate pair is no character.
  return `${(end > room / 2 ? cut.slice(0, end) : cut).replace(/[\u{D800}-\u{DBFF}]$/u, '')}…`
}
