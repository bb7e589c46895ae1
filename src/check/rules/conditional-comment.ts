import { z } from 'zod'
import { cutExcerpt } from '../html.ts'
import { defineRule } from '../rule.ts'

/**
 * hidden: only Outlook reads what is inside; shown: all others read it too, by a comment that ends at once, or bare
 * as `<![if !mso]>`, a tag that others skip.
 */
type Kind = 'hidden' | 'shown' | 'bare'

interface Opening {
  readonly kind: Kind
  readonly index: number
  readonly text: string
}

// In this order: a closing, an opening with its end, an opening that is malformed, the end of any comment.
const TOKEN =
  /(?<close><!--\s*<!\[endif\]-->|<!\[endif\]--!?>|<!\[endif\]>)|(?<open><!--\[if\s[^\]<>]*\](?:><!-->|>-->|>)|<!\[if\s[^\]<>]*\]>)|(?<broken><!--\s*\[if\b[^\]>]{0,80}\]?>?)|(?<end>-->)/gi

const CLOSINGS: Readonly<Record<Kind, string>> = {
  hidden: '<![endif]-->',
  shown: '<!--<![endif]-->',
  bare: '<![endif]>',
}

export const conditionalComment = defineRule({
  id: 'conditional-comment',
  severity: 'error',
  needs: 'rendered',
  summary: 'Outlook comment that does not close as it opened',
  why: 'Classic Outlook reads what stands between `<!--[if mso]>` and `<![endif]-->`. When the end is missing or of the other kind, Outlook hides everything after it, or all other clients show what was meant for Outlook.',
  remedy: 'Close `<!--[if mso]>` with `<![endif]-->`, and `<!--[if !mso]><!-->` with `<!--<![endif]-->`.',
  reference: 'Microsoft, About conditional comments; jsx-email #403 (a wrong end blanks classic Outlook)',
  bad: '<!--[if mso]><table><tr><td><![endif]>',
  good: '<!--[if mso]><table><tr><td><![endif]-->',
  options: z.strictObject({}),
  check({ html, report }) {
    const tell = (message: string, index: number, text: string): void =>
      report({ message, part: 'html', position: html.lines.position(index), excerpt: cutExcerpt(text) })
    const open: Opening[] = []
    for (const { 0: text, index, groups = {} } of html.source.matchAll(TOKEN)) {
      if (groups['broken']) tell('Outlook does not take this comment for a condition.', index, text)
      else if (groups['open']) {
        const outer = open.at(-1)
        if (outer?.kind === 'hidden') {
          tell(
            `This comment is not closed with \`${CLOSINGS.hidden}\` before the next begins.`,
            outer.index,
            outer.text,
          )
          open.pop()
        }
        open.push({ kind: readKind(text), index, text })
      } else if (groups['close']) close(open, readClosing(text), { index, text }, tell)
      else if (open.at(-1)?.kind === 'hidden') {
        const outer = open.pop()
        if (outer) tell('This comment ends early, at a `-->` inside it.', outer.index, outer.text)
      }
    }
    for (const { kind, index, text } of open)
      tell(`This comment is never closed with \`${CLOSINGS[kind]}\`.`, index, text)
  },
})

function close(
  open: Opening[],
  kind: Kind,
  { index, text }: Omit<Opening, 'kind'>,
  tell: (message: string, index: number, text: string) => void,
): void {
  const opening = open.pop()
  if (!opening) tell(`\`${text}\` closes a comment that was not opened.`, index, text)
  else if (opening.kind !== kind) {
    const message = `This comment is closed with \`${CLOSINGS[kind]}\`; it takes \`${CLOSINGS[opening.kind]}\`.`
    tell(message, opening.index, opening.text)
  }
}

function readKind(text: string): Kind {
  if (text.startsWith('<![')) return 'bare'
  return text.endsWith('-->') ? 'shown' : 'hidden'
}

function readClosing(text: string): Kind {
  if (text.startsWith('<!--')) return 'shown'
  return text.endsWith(']>') ? 'bare' : 'hidden'
}
