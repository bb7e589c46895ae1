import { z } from 'zod'
import { defineRule } from '../rule.ts'

export const doctypeMissing = defineRule({
  id: 'doctype-missing',
  severity: 'warning',
  needs: 'rendered',
  summary: 'HTML without a doctype in front',
  why: 'Without it clients that are browsers fall back to the ways of 1998: fonts do not reach into tables, and boxes have other sizes. Anything in front of it, a comment or a line of text, has the same effect in some clients. The doctypes of older HTML are accepted.',
  remedy: 'Begin the document with `<!doctype html>`.',
  reference: 'HTML Living Standard §13.1.1; WHATWG Quirks Mode Standard',
  bad: '<html lang="en">',
  good: '<!doctype html>\n<html lang="en">',
  options: z.strictObject({}),
  check({ html, report }) {
    if (/^\u{FEFF}?\s*<!doctype\s+html[\s>]/iu.test(html.source)) return
    const excerpt = html.source.trimStart().slice(0, 80)
    report({
      message: 'The HTML does not begin with a doctype.',
      part: 'html',
      position: html.lines.position(0),
      excerpt,
    })
  },
})
