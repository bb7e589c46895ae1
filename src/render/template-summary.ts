import { readFileSync } from 'node:fs'
import type { TemplateFile } from './registry.ts'

/** The comment above the component, and the one at the top of an MJML file. */
const COMMENTS = {
  react: /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*export default\b/,
  mjml: /^\s*\{%-?\s*comment\s*-?%\}([^]*?)\{%-?\s*endcomment/,
} as const

/** What a template is for: the first sentence of the comment at its head; empty without one. */
export function readTemplateSummary({ engine, file }: TemplateFile): string {
  const comment = COMMENTS[engine].exec(readFileSync(file, 'utf8'))?.[1] ?? ''
  const text = comment.replaceAll(/^[ \t]*\*?[ \t]?/gm, '').trim()
  const [paragraph = ''] = text.split(/\n\s*\n/)
  return /^[^]*?\.(?=\s|$)/.exec(paragraph.replaceAll(/\s+/g, ' '))?.[0] ?? paragraph.split('\n')[0] ?? ''
}
